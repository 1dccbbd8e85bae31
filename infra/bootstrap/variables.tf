# The smallest terraform.tfvars:
#
#   region               = "eu-central-1"
#   github_repository    = "you/footfall"
#   github_owner_id      = 1234567
#   github_repository_id = 987654321
#
# The last two are printed by
#   gh api repos/you/footfall --jq '"github_owner_id      = \(.owner.id)\ngithub_repository_id = \(.id)"'

variable "region" {
  type        = string
  description = "The AWS region of infra/ as well."

  validation {
    condition     = can(regex("^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-[0-9]$", var.region))
    error_message = "region is the name of a region of the public AWS, such as \"eu-central-1\" or \"us-east-1\"; China and the governments' clouds are others."
  }
}

variable "github_repository" {
  type        = string
  description = "Whose workflows may plan and deploy, as owner/name, spelt as GitHub spells it."

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository is owner/name, such as \"you/footfall\", without https:// and without wildcards."
  }
}

variable "github_owner_id" {
  type        = number
  description = "GitHub's number for the repository's owner. A name can be given up and taken by somebody else; its number cannot."

  validation {
    condition     = var.github_owner_id >= 1 && floor(var.github_owner_id) == var.github_owner_id
    error_message = "github_owner_id is the whole number that gh api repos/OWNER/NAME --jq .owner.id prints."
  }
}

variable "github_repository_id" {
  type        = number
  description = "GitHub's number for the repository."

  validation {
    condition     = var.github_repository_id >= 1 && floor(var.github_repository_id) == var.github_repository_id
    error_message = "github_repository_id is the whole number that gh api repos/OWNER/NAME --jq .id prints."
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

variable "zone_name" {
  type        = string
  description = "The Route 53 zone that holds the domain, and must be there already; null without a domain. The deploy role may write its records, and those of no other zone."
  default     = null

  validation {
    condition     = var.zone_name == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.zone_name))
    error_message = "zone_name is a bare lower-case name such as \"example.com\", without https:// and without a slash."
  }
}

variable "allow_destroy" {
  type        = bool
  description = "Whether the deploy role may destroy the system, what holds data included: table, bucket, zone. An administrator can without it."
  default     = false
}
