terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # The bucket and its region come from infra/bootstrap: terraform init -backend-config=backend.hcl
  backend "s3" {
    key          = "footfall.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# CloudFront takes its certificate from us-east-1, wherever the rest is.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"

  default_tags {
    tags = local.tags
  }
}

data "aws_caller_identity" "current" {}

locals {
  tags = { Project = var.name, ManagedBy = "terraform" }

  # Where the page is reached, most wanted first.
  site_domain = coalesce(var.domain_name, aws_cloudfront_distribution.site.domain_name)
  site_origins = distinct([
    "https://${local.site_domain}",
    "https://${aws_cloudfront_distribution.site.domain_name}",
  ])
}
