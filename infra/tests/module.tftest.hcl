# What the module decides by itself: plans against the real provider's schema, with AWS mocked. Run in infra/:
#   terraform init -backend=false && terraform test
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  override_during = plan

  mock_resource "aws_cloudfront_distribution" {
    defaults = { domain_name = "d111111abcdef8.cloudfront.net" }
  }

  mock_resource "aws_apigatewayv2_api" {
    defaults = {
      api_endpoint  = "https://abc123.execute-api.eu-central-1.amazonaws.com"
      execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc123"
    }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:mock" }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/footfall-visits" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/footfall-api" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:footfall-alarms" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { version = "3" }
  }
}

mock_provider "aws" {
  alias           = "us_east_1"
  override_during = plan

  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock"
      domain_validation_options = [
        for name in ["example.com", "cv.example.com", "www.cv.example.com"] : {
          domain_name           = name
          resource_record_name  = "_mock.${name}"
          resource_record_type  = "CNAME"
          resource_record_value = "_mock.acm-validations.aws"
        }
      ]
    }
  }

  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/mock/mock" }
  }

  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock" }
  }
}

variables {
  region      = "eu-central-1"
  alert_email = "you@example.com"
  lambda_zip  = "tests/module.tftest.hcl" # some file: only its hash is looked at
}

# One plan serves all that holds with the smallest settings: each takes two seconds.
run "two_lines_are_enough" {
  command = plan

  assert {
    condition     = output.site_url == "https://d111111abcdef8.cloudfront.net"
    error_message = "Without a domain the page is on CloudFront's."
  }

  assert {
    condition     = length(aws_acm_certificate.site) + length(aws_route53_record.site) + length(aws_cloudfront_function.www_redirect) == 0
    error_message = "Without a domain there is no certificate, no record and no redirect."
  }

  assert {
    condition     = aws_lambda_function.api.environment[0].variables["FOOTFALL_ORIGINS"] == "https://d111111abcdef8.cloudfront.net"
    error_message = "The page's own origin, and no other, may count."
  }

  assert {
    condition     = aws_lambda_function.api.environment[0].variables["SSL_CERT_FILE"] == "/var/task/amazon-roots.pem"
    error_message = "The function trusts the roots in its package."
  }

  assert {
    condition     = aws_dynamodb_table.visits.deletion_protection_enabled && !aws_s3_bucket.site.force_destroy
    error_message = "In production the table cannot be deleted, nor the bucket while it holds files."
  }

  assert {
    condition     = aws_dynamodb_table.visits.point_in_time_recovery[0].enabled
    error_message = "The table can be restored to any second of its recovery period."
  }

  assert {
    condition     = aws_dynamodb_table.visits.ttl[0].enabled && aws_dynamodb_table.visits.ttl[0].attribute_name == "expires"
    error_message = "Claims and salts expire by the attribute that the store writes."
  }

  assert {
    condition     = aws_dynamodb_table.visits.point_in_time_recovery[0].recovery_period_in_days == 1
    error_message = "Backups forget salts, too."
  }

  assert {
    condition = alltrue([
      for field in values(jsondecode(aws_apigatewayv2_stage.default.access_log_settings[0].format)) :
      !can(regex("(?i)sourceIp|userAgent|identity|authorizer|caller|requestBody", field))
    ])
    error_message = "Access logs name neither address nor user agent."
  }

  assert {
    condition     = aws_cloudwatch_log_group.api.retention_in_days == 14 && aws_cloudwatch_log_group.access.retention_in_days == 14
    error_message = "Logs are kept for 14 days."
  }

  assert {
    condition     = local.store_time_budget < aws_lambda_function.api.timeout && aws_lambda_function.api.timeout * 1000 < aws_apigatewayv2_integration.api.timeout_milliseconds
    error_message = "The store gives up before the function, and the function before the API."
  }

  assert {
    condition = toset([for settings in aws_apigatewayv2_stage.default.route_settings : settings.route_key]) == toset(["POST /", "POST /api/visits", "GET /api/hit.svg"]) && alltrue([
      for settings in aws_apigatewayv2_stage.default.route_settings : settings.throttling_rate_limit < aws_apigatewayv2_stage.default.default_route_settings[0].throttling_rate_limit
    ])
    error_message = "Every route that writes has a limit below that of the rest."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.site.block_public_acls,
      aws_s3_bucket_public_access_block.site.block_public_policy,
      aws_s3_bucket_public_access_block.site.ignore_public_acls,
      aws_s3_bucket_public_access_block.site.restrict_public_buckets,
    ])
    error_message = "Nothing about the bucket is public."
  }

  assert {
    condition     = length(one(aws_cloudfront_origin_request_policy.api.headers_config[0].headers).items) <= 10
    error_message = "CloudFront passes on ten headers at most."
  }

  assert {
    condition = alltrue([
      for behavior in aws_cloudfront_distribution.site.ordered_cache_behavior :
      (behavior.target_origin_id == "api") == (length([for script in behavior.function_association : script if script.event_type == "viewer-response"]) == 1)
    ])
    error_message = "Wherever the API answers its refusals lose their disguise."
  }

  assert {
    condition     = length(aws_wafv2_web_acl.api) == 0 && !contains(keys(aws_lambda_function.api.environment[0].variables), "FOOTFALL_NETWORK_LIMIT")
    error_message = "Neither WAF nor a network limit unless asked for."
  }

  assert {
    condition     = length(aws_scheduler_schedule.report) + length(aws_iam_role.report) == 0 && !contains(keys(aws_lambda_function.api.environment[0].variables), "FOOTFALL_REPORT_TOPIC") && !strcontains(aws_iam_role_policy.api.policy, "sns:")
    error_message = "Nobody is sent a report unless asked for, and the function may not publish."
  }

  assert {
    condition     = aws_lambda_function.api.tracing_config[0].mode == "PassThrough" && aws_lambda_function.api.reserved_concurrent_executions == -1
    error_message = "Neither X-Ray nor reserved concurrency unless asked for."
  }
}

run "a_trial_with_all_options" {
  command = plan

  variables {
    production           = false
    live_version         = "2"
    xray                 = true
    reserved_concurrency = 5
    architecture         = "arm64"
    network_limit        = 100
    counters             = ["readme", "/blog/*", "/*"]
    waf_rate             = 100
    public_numbers       = "nothing"
    owner_key_sha256     = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    report               = "daily"
  }

  assert {
    condition     = !aws_dynamodb_table.visits.deletion_protection_enabled && aws_s3_bucket.site.force_destroy
    error_message = "Outside of production destroy removes everything."
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == "2"
    error_message = "live_version holds the alias where it is."
  }

  assert {
    condition     = aws_lambda_function.api.environment[0].variables["FOOTFALL_PUBLIC"] == "nothing" && aws_lambda_function.api.environment[0].variables["FOOTFALL_OWNER_KEY_SHA256"] == var.owner_key_sha256
    error_message = "The owner alone reads the numbers, by the key."
  }

  assert {
    condition     = length(aws_scheduler_schedule.report) == 1 && aws_lambda_function.api.environment[0].variables["FOOTFALL_REPORT_TOPIC"] == aws_sns_topic.alarms.arn
    error_message = "A report as asked for."
  }

  assert {
    condition     = aws_lambda_function.api.environment[0].variables["FOOTFALL_NETWORK_LIMIT"] == "100"
    error_message = "A network's limit as asked for."
  }

  assert {
    condition     = one(one(aws_wafv2_web_acl.api[0].rule).action[0].block[0].custom_response).response_code == 429 && aws_cloudfront_distribution.site.web_acl_id == aws_wafv2_web_acl.api[0].arn
    error_message = "WAF answers a flood as the API does; its 403 would become the page's 404."
  }

  assert {
    condition     = aws_lambda_function.api.tracing_config[0].mode == "Active" && aws_lambda_function.api.reserved_concurrent_executions == 5 && aws_lambda_function.api.architectures == tolist(["arm64"])
    error_message = "X-Ray, reserved concurrency and arm64 as asked for."
  }
}

run "an_own_domain" {
  command = plan

  variables {
    domain_name = "cv.example.com"
    zone_name   = "example.com"
    create_zone = true
  }

  assert {
    condition     = output.site_url == "https://cv.example.com"
    error_message = "The page is at its own domain."
  }

  assert {
    condition     = toset(keys(aws_route53_record.site)) == toset(["cv.example.com A", "cv.example.com AAAA", "www.cv.example.com A", "www.cv.example.com AAAA"])
    error_message = "A and AAAA for the name and for www."
  }

  assert {
    condition     = aws_route53_zone.site[0].name == "example.com" && length(data.aws_route53_zone.site) == 0
    error_message = "The zone is made, not looked for."
  }

  assert {
    condition     = aws_acm_certificate.site[0].validation_method == "DNS" && aws_acm_certificate.site[0].subject_alternative_names == toset(["www.cv.example.com"])
    error_message = "One certificate for both names, validated by DNS."
  }

  assert {
    condition     = aws_cloudfront_distribution.site.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "TLS 1.2 at least."
  }

  assert {
    condition     = aws_lambda_function.api.environment[0].variables["FOOTFALL_ORIGINS"] == "https://cv.example.com,https://d111111abcdef8.cloudfront.net"
    error_message = "Both names of the page may count."
  }
}

run "a_domain_without_www_in_a_zone_that_exists" {
  command = plan

  variables {
    domain_name  = "example.com"
    redirect_www = false
  }

  assert {
    condition     = data.aws_route53_zone.site[0].name == "example.com" && length(aws_route53_zone.site) == 0
    error_message = "The zone is looked for under the domain's own name."
  }

  assert {
    condition     = aws_cloudfront_distribution.site.aliases == toset(["example.com"]) && length(aws_cloudfront_function.www_redirect) == 0
    error_message = "No www, no redirect."
  }
}

run "mistakes_are_told" {
  command = plan

  variables {
    region               = "Frankfurt"
    alert_email          = "you"
    name                 = "My Résumé"
    counters             = ["readme", "/blog/*", "blog*"]
    allowed_origins      = ["*"]
    visit_window         = "30 minutes"
    public_numbers       = "secret"
    owner_key_sha256     = "MY-KEY"
    report               = "hourly"
    address_limit        = 0
    shards               = 257
    edge_secret          = 0
    architecture         = "riscv"
    reserved_concurrency = 0
    log_retention_days   = 2
    throttle             = { rate = 0, burst = 1 }
    count_throttle       = { rate = 1, burst = 0 }
    monthly_budget_usd   = 0
    network_limit        = 0
    waf_rate             = 9
    price_class          = "cheap"
    domain_name          = "https://example.com/"
    live_version         = "latest"
  }

  expect_failures = [
    var.region, var.alert_email, var.name, var.counters, var.allowed_origins, var.visit_window, var.public_numbers, var.owner_key_sha256, var.report, var.address_limit, var.shards, var.edge_secret,
    var.architecture, var.reserved_concurrency, var.log_retention_days, var.throttle, var.count_throttle,
    var.monthly_budget_usd, var.network_limit, var.waf_rate, var.price_class, var.domain_name, var.live_version,
  ]
}

run "a_new_zone_needs_a_domain" {
  command = plan

  variables {
    create_zone = true
  }

  expect_failures = [var.create_zone]
}

run "a_zone_holds_its_domain" {
  command = plan

  variables {
    domain_name = "cv.example.com"
    zone_name   = "example.org"
  }

  expect_failures = [var.zone_name]
}

run "china_and_the_governments_clouds_are_other_partitions" {
  command = plan

  variables {
    region = "cn-north-1"
  }

  expect_failures = [var.region]
}

run "a_missing_package_is_told" {
  command = plan

  variables {
    lambda_zip = "no-such.zip"
  }

  expect_failures = [aws_lambda_function.api]
}
