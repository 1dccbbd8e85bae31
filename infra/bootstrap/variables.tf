# The smallest terraform.tfvars:
#
#   region            = "eu-central-1"
#   github_repository = "you/footfall"

variable "region" {
  type        = string
  description = "The AWS region of infra/ as well."

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is the name of an AWS region, such as \"eu-central-1\" or \"us-east-1\"."
  }
}

variable "github_repository" {
  type        = string
  description = "Whose workflows may plan and deploy, as owner/name, spelt as GitHub spells it."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository is owner/name, such as \"you/footfall\", without https:// and without wildcards."
  }
}

variable "github_environment" {
  type        = string
  description = "The GitHub environment that deploys. Its settings on GitHub let the main branch alone use it."
  default     = "production"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.github_environment))
    error_message = "github_environment is letters, digits, hyphens and underscores."
  }
}

variable "name" {
  type        = string
  description = "The name of infra/ as well: the roles may touch what is called so."
  default     = "footfall"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name is 3 to 32 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen."
  }
}

variable "create_oidc_provider" {
  type        = bool
  description = "Whether to register GitHub as an identity provider. An account has it once; false uses the one that is there."
  default     = true
}
