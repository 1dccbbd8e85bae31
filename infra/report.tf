# The report to the owner, where var.report asks for one: the scheduler invokes the live version with an event of its
# own, and the function publishes what the day or the week came to to the alarms' topic.
resource "aws_scheduler_schedule" "report" {
  count = var.report == null ? 0 : 1

  name                         = "${var.name}-report"
  schedule_expression          = var.report == "daily" ? "cron(5 0 * * ? *)" : "cron(5 0 ? * MON *)"
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.live.arn
    role_arn = aws_iam_role.report[0].arn
    input    = jsonencode({ footfall = "report", period = var.report == "daily" ? "day" : "week" })

    # A report that comes hours late is none.
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 3
    }
  }
}

resource "aws_iam_role" "report" {
  count = var.report == null ? 0 : 1

  name                 = "${var.name}-report"
  permissions_boundary = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/${var.name}-boundary"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "report" {
  count = var.report == null ? 0 : 1

  name = "invoke"
  role = aws_iam_role.report[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = aws_lambda_alias.live.arn
    }]
  })
}
