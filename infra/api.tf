locals {
  # The HTTP contract of src/Footfall/Api/Routes.cs, line by line.
  reading_paths = ["/api/visits", "/api/visits/daily", "/api/badge.svg", "/api/health", "/api/openapi.json"]
  counting_routes = [
    "POST /",
    "POST /api/visits",
    "GET /api/hit.svg",
  ]

  routes = toset(concat(local.counting_routes, [for pair in setproduct(["GET", "HEAD"], local.reading_paths) : join(" ", pair)]))
}

# Without cors_configuration: API Gateway would put its own headers in place of the function's, and which origin may
# call is decided in one place, by FOOTFALL_ORIGINS.
resource "aws_apigatewayv2_api" "api" {
  name          = var.name
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "api" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = local.api_timeout * 1000
}

resource "aws_apigatewayv2_route" "api" {
  for_each = local.routes

  api_id    = aws_apigatewayv2_api.api.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.api.id}"
}

# Neither address nor user agent.
resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }

  dynamic "route_settings" {
    for_each = local.counting_routes

    content {
      route_key              = route_settings.value
      throttling_rate_limit  = var.count_throttle.rate
      throttling_burst_limit = var.count_throttle.burst
    }
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn

    format = jsonencode({
      time    = "$context.requestTime"
      request = "$context.requestId"
      route   = "$context.routeKey"
      status  = "$context.status"
      latency = "$context.responseLatency"
      bytes   = "$context.responseLength"
      error   = "$context.integrationErrorMessage"
    })
  }

  # Settings of a route need the route.
  depends_on = [aws_apigatewayv2_route.api]
}
