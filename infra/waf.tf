# Only with var.waf_rate: the stage's throttle is one for everybody, so whoever floods the API takes the others' place. WAF
# tells addresses apart. Blocked requests get the API's own answer to too many, 429, which the page knows.
resource "aws_wafv2_web_acl" "api" {
  count    = var.waf_rate == null ? 0 : 1
  provider = aws.us_east_1
  name     = "${var.name}-api"
  scope    = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "one-address"
    priority = 1

    action {
      block {
        custom_response {
          response_code = 429
        }
      }
    }

    statement {
      rate_based_statement {
        limit                 = var.waf_rate
        evaluation_window_sec = 300

        scope_down_statement {
          byte_match_statement {
            positional_constraint = "STARTS_WITH"
            search_string         = "/api/"

            field_to_match {
              uri_path {}
            }

            text_transformation {
              priority = 0
              type     = "NONE"
            }
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "one-address"
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "${var.name}-api"
    sampled_requests_enabled   = false
  }

  # Removed only after the distribution has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}
