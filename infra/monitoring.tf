resource "aws_sns_topic" "alarms" {
  # Without encryption by alias/aws/sns: CloudWatch may not publish to such a topic.
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OurAlarms"
      Effect    = "Allow"
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

locals {
  of_function = { FunctionName = aws_lambda_function.api.function_name }
  of_api      = { ApiId = aws_apigatewayv2_api.api.id }
  of_table    = { TableName = aws_dynamodb_table.visits.name }

  # In five minutes, where at_least is reached. "viewers": requests that name a viewer's address without a secret that
  # the live version knows, so that all visitors count as one; docs/deploy-aws.md, "Changing the secret".
  alarms = {
    function-errors    = { namespace = "AWS/Lambda", metric = "Errors", dimensions = local.of_function, statistic = "Sum", at_least = 1 }
    function-throttles = { namespace = "AWS/Lambda", metric = "Throttles", dimensions = local.of_function, statistic = "Sum", at_least = 1 }
    api-5xx            = { namespace = "AWS/ApiGateway", metric = "5xx", dimensions = local.of_api, statistic = "Sum", at_least = 5 }
    api-p95            = { namespace = "AWS/ApiGateway", metric = "Latency", dimensions = local.of_api, statistic = "p95", at_least = 1500 }
    viewers            = { namespace = "Footfall", metric = "unverifiedViewers", dimensions = { functionName = aws_lambda_function.api.function_name }, statistic = "Sum", at_least = 5 }
    table-reads        = { namespace = "AWS/DynamoDB", metric = "ReadThrottleEvents", dimensions = local.of_table, statistic = "Sum", at_least = 1 }
    table-writes       = { namespace = "AWS/DynamoDB", metric = "WriteThrottleEvents", dimensions = local.of_table, statistic = "Sum", at_least = 1 }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic == "Sum" ? "Sum" : null
  extended_statistic  = each.value.statistic == "Sum" ? null : each.value.statistic
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.at_least
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

locals {
  # What the function writes of each request into its log, where CloudWatch reads it as metrics: InvocationLog.cs in
  # src/Footfall.Lambda. Nine of them, and a tenth, unverifiedViewers, only while
  # something is wrong; ten are free for an account.
  outcomes = ["visit", "repeat", "bot", "prefetch", "opted-out", "limited"]

  # Title of a chart = its metrics: namespace, metric, dimension, its value, statistic.
  charts = {
    "1 Requests by outcome" = [
      for outcome in local.outcomes : ["Footfall", outcome, "functionName", local.of_function.FunctionName, { stat = "Sum" }]
    ]
    "2 Requests, errors" = concat(
      [for metric in ["Count", "4xx", "5xx"] : ["AWS/ApiGateway", metric, "ApiId", local.of_api.ApiId, { stat = "Sum" }]],
      [for metric in ["Errors", "Throttles"] : ["AWS/Lambda", metric, "FunctionName", local.of_function.FunctionName, { stat = "Sum" }]],
    )
    "3 Latency in ms" = [
      ["AWS/ApiGateway", "Latency", "ApiId", local.of_api.ApiId, { stat = "p50" }],
      ["AWS/ApiGateway", "Latency", "ApiId", local.of_api.ApiId, { stat = "p95" }],
      ["Footfall", "duration", "functionName", local.of_function.FunctionName, { stat = "p95" }],
    ]
    "4 Conflicts, throttles, cold starts" = concat(
      [for metric in ["conflicts", "coldStart"] : ["Footfall", metric, "functionName", local.of_function.FunctionName, { stat = "Sum" }]],
      [for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : ["AWS/DynamoDB", metric, "TableName", local.of_table.TableName, { stat = "Sum" }]],
    )
    "5 What costs: writes, reads, milliseconds of the function" = [
      ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", local.of_table.TableName, { stat = "Sum" }],
      ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", local.of_table.TableName, { stat = "Sum" }],
      ["AWS/Lambda", "Duration", "FunctionName", local.of_function.FunctionName, { stat = "Sum", yAxis = "right" }],
    ]
    "6 The page at the edge" = [
      ["AWS/CloudFront", "Requests", "DistributionId", aws_cloudfront_distribution.site.id, "Region", "Global", { stat = "Sum", region = "us-east-1" }],
      ["AWS/CloudFront", "BytesDownloaded", "DistributionId", aws_cloudfront_distribution.site.id, "Region", "Global", { stat = "Sum", region = "us-east-1", yAxis = "right" }],
    ]
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      for title, metrics in local.charts : {
        type   = "metric"
        width  = 12
        height = 6
        properties = {
          title   = substr(title, 2, -1)
          region  = var.region
          view    = "timeSeries"
          period  = 300
          metrics = metrics
        }
      }
    ]
  })
}

resource "aws_budgets_budget" "month" {
  name         = "${var.name}-month"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = var.monthly_budget_usd
  limit_unit   = "USD"

  notification {
    notification_type          = "ACTUAL"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.alert_email]
  }

  notification {
    notification_type          = "FORECASTED"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = [var.alert_email]
  }
}
