# Two have no default. The smallest terraform.tfvars:
#
#   region      = "eu-central-1"
#   alert_email = "you@example.com"

variable "region" {
  type        = string
  description = "AWS region of the table, the function and the page's bucket, such as eu-central-1."

  validation {
    condition     = can(regex("^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-[0-9]$", var.region))
    error_message = "region is the name of a region of the public AWS, such as \"eu-central-1\" or \"us-east-1\"; China and the governments' clouds are others."
  }
}

variable "alert_email" {
  type        = string
  sensitive   = true # nobody who reads a plan needs it
  description = "Who hears of alarms and of the budget. AWS sends a confirmation to click first."

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email is one e-mail address, such as \"you@example.com\"."
  }
}

variable "name" {
  type        = string
  description = "Begins the name of everything made here. The deploy role of infra/bootstrap may touch this name only."
  default     = "footfall"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name is 3 to 32 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen."
  }
}

variable "production" {
  type        = bool
  description = "Production keeps its data: the table refuses to be deleted, and the page's bucket while it holds files."
  default     = true
}

# --- counting ---------------------------------------------------------------------------------------------------

variable "counters" {
  type        = list(string)
  description = "The counters that exist beside the page's own, \"/\", and families of them, such as \"/blog/*\". A request for another one is refused."
  default     = []

  validation {
    condition     = alltrue([for counter in var.counters : can(regex("^[A-Za-z0-9/._~-]{1,100}$", replace(counter, "//\\*$/", "/"))) && !can(regex("(^|/)\\.\\.?(/|$)", counter)) && !startswith(counter, "~to/")])
    error_message = "A counter is 1 to 100 letters, digits and / - . _ ~ characters, without . or .. between slashes and not beginning with ~to/; a family of counters ends in /*."
  }
}

variable "allowed_origins" {
  type        = list(string)
  description = "Origins of other sites whose pages may count here, such as https://blog.example.com. The page's own need not be named."
  default     = []

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "An allowed origin is https://, a host and perhaps a port, without a path or a trailing slash; * is not allowed."
  }
}

variable "visit_window" {
  type        = string
  description = "How long after a counted visit the same visitor is a repeat: hours, minutes and seconds, one second to one day."
  default     = "00:30:00"

  validation {
    condition     = can(regex("^((0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|1\\.00:00:00)$", var.visit_window)) && var.visit_window != "00:00:00"
    error_message = "visit_window is hh:mm:ss, from \"00:00:01\" to \"23:59:59\", or \"1.00:00:00\" for a whole day."
  }
}

variable "address_limit" {
  type        = number
  description = "How many distinct visitors one address may bring to one counter in a UTC day."
  default     = 20

  validation {
    condition     = var.address_limit >= 1 && var.address_limit <= 1000000000 && floor(var.address_limit) == var.address_limit
    error_message = "address_limit is a whole number from 1 to 1,000,000,000."
  }
}

variable "network_limit" {
  type        = number
  description = "The same for one network of IPv6 addresses (/48), whose owner has countless; null is 16 times address_limit."
  default     = null

  validation {
    condition     = var.network_limit == null ? true : var.network_limit >= 1 && var.network_limit <= 1000000000 && floor(var.network_limit) == var.network_limit
    error_message = "network_limit is a whole number from 1 to 1,000,000,000, or null for 16 times address_limit."
  }
}

variable "public_numbers" {
  type        = string
  description = "What everybody may read: count, the number alone; ledger, each day's and what was not counted, too; nothing. The owner reads all, with the key."
  default     = "count"

  validation {
    condition     = contains(["count", "ledger", "nothing"], var.public_numbers)
    error_message = "public_numbers is count, ledger or nothing."
  }
}

variable "owner_key_sha256" {
  type        = string
  description = "What the owner's key for /stats/ is known by: the SHA-256 that footfall owner-key prints. It opens nothing; null is no key."
  default     = null

  validation {
    condition     = var.owner_key_sha256 == null ? true : can(regex("^[0-9a-f]{64}$", var.owner_key_sha256))
    error_message = "owner_key_sha256 is 64 hexadecimal digits in lower case, as footfall owner-key prints them."
  }
}

variable "shards" {
  type        = number
  description = "Over how many items a tally is spread: one does some dozens of visits a second, each further one as many again."
  default     = 1

  validation {
    condition     = var.shards >= 1 && var.shards <= 256 && floor(var.shards) == var.shards
    error_message = "shards is a whole number from 1 to 256."
  }
}

# --- the function -----------------------------------------------------------------------------------------------

variable "architecture" {
  type        = string
  description = "The function's processor: x86_64, or arm64, which is a fifth cheaper."
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is \"x86_64\" or \"arm64\"."
  }
}

variable "edge_secret" {
  type        = number
  description = "Which secret CloudFront proves itself to the function with. One more is the next secret; the number is none."
  default     = 1

  validation {
    condition     = var.edge_secret >= 1 && floor(var.edge_secret) == var.edge_secret
    error_message = "edge_secret is a whole number from 1 on: one more than before changes the secret."
  }
}

variable "lambda_zip" {
  type        = string
  description = "The zip of script/package-lambda; null takes artifacts/lambda/footfall-<architecture>.zip."
  default     = null
}

variable "reserved_concurrency" {
  type        = number
  description = "How many instances of the function may run at once, a ceiling on cost; null sets none. AWS keeps 100 for the account, so a new one with a limit of 10 cannot reserve any."
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1
    error_message = "reserved_concurrency is at least 1 (0 would switch the function off), or null for no reservation."
  }
}

variable "xray" {
  type        = bool
  description = "Whether AWS X-Ray traces the function (charged per trace beyond 100,000 a month)."
  default     = false
}

variable "log_retention_days" {
  type        = number
  description = "How long logs are kept. They hold no address and no user agent."
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days is one that CloudWatch offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365."
  }
}

variable "report" {
  type        = string
  description = "How often the owner is sent what was counted, by the alarms' mail: daily or weekly; null is never."
  default     = null

  validation {
    condition     = var.report == null ? true : contains(["daily", "weekly"], var.report)
    error_message = "report is \"daily\", \"weekly\", or null for none."
  }
}

# --- ceilings ---------------------------------------------------------------------------------------------------

variable "throttle" {
  type        = object({ rate = number, burst = number })
  description = "Requests a second that the API answers, and how many at one moment; beyond it 429."
  default     = { rate = 20, burst = 50 }

  validation {
    condition     = var.throttle.rate >= 1 && var.throttle.burst >= 1
    error_message = "throttle.rate and throttle.burst are at least 1."
  }
}

variable "count_throttle" {
  type        = object({ rate = number, burst = number })
  description = "The same for each route that counts, since these write."
  default     = { rate = 10, burst = 30 }

  validation {
    condition     = var.count_throttle.rate >= 1 && var.count_throttle.burst >= 1
    error_message = "count_throttle.rate and count_throttle.burst are at least 1."
  }
}

variable "waf_rate" {
  type        = number
  description = "How many requests one address may make to the API in five minutes before AWS WAF refuses it, from about 6 USD a month; null is no WAF."
  default     = null

  validation {
    condition     = var.waf_rate == null ? true : var.waf_rate >= 10 && var.waf_rate <= 2000000000 && floor(var.waf_rate) == var.waf_rate
    error_message = "waf_rate is a whole number from 10 to 2,000,000,000, or null for no WAF."
  }
}

variable "monthly_budget_usd" {
  type        = number
  description = "AWS Budgets writes to alert_email at 80 % of it spent, and when the month is forecast to exceed it. It watches the whole account."
  default     = 5

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd is more than 0."
  }
}

# --- the page ---------------------------------------------------------------------------------------------------

variable "price_class" {
  type        = string
  description = "Which CloudFront edges serve the page: PriceClass_100 (Europe, North America), PriceClass_200, PriceClass_All."
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class is \"PriceClass_100\", \"PriceClass_200\" or \"PriceClass_All\"."
  }
}

variable "domain_name" {
  type        = string
  description = "The page's own domain, such as example.com; null stays on CloudFront's."
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name is a bare lower-case name such as \"example.com\", without https:// and without a slash."
  }
}

variable "zone_name" {
  type        = string
  description = "The Route 53 zone that holds domain_name, when it is another name: example.com for cv.example.com."
  default     = null

  validation {
    condition     = var.zone_name == null ? true : var.domain_name == null ? false : var.domain_name == var.zone_name || endswith(var.domain_name, ".${var.zone_name}")
    error_message = "zone_name is domain_name itself or a parent of it, and needs domain_name."
  }
}

variable "create_zone" {
  type        = bool
  description = "Whether to make the zone. Its name servers (an output) must then be set at the registrar before the certificate is given."
  default     = false

  validation {
    condition     = !var.create_zone || var.domain_name != null
    error_message = "create_zone needs domain_name."
  }
}

variable "redirect_www" {
  type        = bool
  description = "Whether www.<domain_name> leads to domain_name."
  default     = true
}

# --- rollback ---------------------------------------------------------------------------------------------------

variable "live_version" {
  type        = string
  description = "The published version that answers; null is the newest. script/rollback-backend moves the alias without it; set it to stay there."
  default     = null

  validation {
    condition     = var.live_version == null ? true : can(regex("^[1-9][0-9]*$", var.live_version))
    error_message = "live_version is the number of a published version, such as \"7\"."
  }
}
