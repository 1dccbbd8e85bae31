locals {
  # VisitsApi.Routes, line by line: src/Footfall/Api/VisitsApi.cs.
  contract = [
    "POST /api/visits",
    "GET /api/visits",
    "GET /api/visits/daily",
    "GET /api/badge.svg",
    "GET /api/badge.json",
    "GET /api/hit.svg",
    "POST /",
    "GET /api/owner/report",
    "GET /api/health",
    "GET /api/openapi.json",
  ]
  counting = ["POST /api/visits", "GET /api/hit.svg", "POST /"]

  # GET answers HEAD, too, and every path answers OPTIONS, which a browser asks before it calls from elsewhere.
  routes = toset(concat(
    local.contract,
    [for route in local.contract : replace(route, "GET ", "HEAD ")],
    [for route in local.contract : "OPTIONS ${split(" ", route)[1]}"],
  ))
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
    for_each = local.counting

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
