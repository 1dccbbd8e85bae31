locals {
  lambda_zip = coalesce(var.lambda_zip, "${path.module}/../artifacts/lambda/footfall-${var.architecture}.zip")

  # Seconds. The store gives up first and answers 503, then Lambda, then the API.
  store_time_budget = 3
  function_timeout  = 10
  api_timeout       = 15

  # Oldest first: the secret before, the one that CloudFront sends, the one after.
  edge_secrets = [for offset in [-1, 0, 1] : terraform_data.edge_secret[tostring(var.edge_secret + offset)].output]
}

# What CloudFront adds to its requests, so that the function believes the address it names: random, and kept in the
# state. A version of the function keeps its environment for ever, so it is given three: the one of before, which
# CloudFront sends for some minutes more, the one of now, and the one of after, so that it can still be rolled back to
# when the secret has been changed once.
resource "terraform_data" "edge_secret" {
  for_each = toset([for offset in [-1, 0, 1] : tostring(var.edge_secret + offset)])
  input    = "${uuid()}${uuid()}"

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/lambda/${var.name}-api"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "api" {
  function_name                  = "${var.name}-api"
  role                           = aws_iam_role.api.arn
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  architectures                  = [var.architecture]
  filename                       = local.lambda_zip
  source_code_hash               = try(filebase64sha256(local.lambda_zip), null)
  memory_size                    = 256
  timeout                        = local.function_timeout
  reserved_concurrent_executions = coalesce(var.reserved_concurrency, -1)
  publish                        = true

  environment {
    variables = merge({
      # The package holds the roots of AWS's own services, and the function trusts no others: reading all that the
      # system knows takes longer than everything else in a cold start.
      SSL_CERT_FILE          = "/var/task/amazon-roots.pem"
      SSL_CERT_DIR           = "/var/task/none"
      FOOTFALL_TABLE         = aws_dynamodb_table.visits.name
      FOOTFALL_COUNTERS      = join(",", var.counters)
      FOOTFALL_ORIGINS       = join(",", concat(local.site_origins, var.allowed_origins))
      FOOTFALL_SHARDS        = var.shards
      FOOTFALL_VISIT_WINDOW  = var.visit_window
      FOOTFALL_ADDRESS_LIMIT = var.address_limit
      FOOTFALL_PUBLIC        = var.public_numbers
      FOOTFALL_TIME_BUDGET   = format("00:00:%02d", local.store_time_budget)
      FOOTFALL_EDGE_SECRET   = sensitive(join(",", local.edge_secrets))
      },
      var.network_limit == null ? {} : { FOOTFALL_NETWORK_LIMIT = var.network_limit },
      var.report == null ? {} : { FOOTFALL_REPORT_TOPIC = aws_sns_topic.alarms.arn },
      var.owner_key_sha256 == null ? {} : { FOOTFALL_OWNER_KEY_SHA256 = var.owner_key_sha256 },
    )
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.api.name
    # Without Lambda's own three lines for each request, which say what its metrics say, too, and cost more than it.
    system_log_level      = "WARN"
    application_log_level = "INFO"
  }

  tracing_config {
    mode = var.xray ? "Active" : "PassThrough"
  }

  # A function that starts before it may write would fail its first visitors.
  depends_on = [aws_iam_role_policy.api]

  lifecycle {
    precondition {
      condition     = fileexists(local.lambda_zip)
      error_message = "${local.lambda_zip} is missing: script/package-lambda makes it, script/fetch-package fetches the one that is live."
    }
  }
}

# The version that answers. Every deployment publishes a new one; the old ones stay to be rolled back to.
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.api.function_name
  function_version = coalesce(var.live_version, aws_lambda_function.api.version)
}

resource "aws_lambda_permission" "api" {
  statement_id  = "http-api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*/*"
}
