locals {
  here = "${var.region}:${local.account}"

  table         = "arn:aws:dynamodb:${local.here}:table/${var.name}-visits"
  function      = ["arn:aws:lambda:${local.here}:function:${var.name}-api", "arn:aws:lambda:${local.here}:function:${var.name}-api:*"]
  function_role = "arn:aws:iam::${local.account}:role/${var.name}-api"
  function_log  = "arn:aws:logs:${local.here}:log-group:/aws/lambda/${var.name}-api"
  access_log    = "arn:aws:logs:${local.here}:log-group:/aws/apigateway/${var.name}"
  logs          = [local.function_log, "${local.function_log}:*", local.access_log, "${local.access_log}:*"]
  site_bucket   = "arn:aws:s3:::${var.name}-site-${local.account}"
  topic         = ["arn:aws:sns:${local.here}:${var.name}-alarms", "arn:aws:sns:${local.here}:${var.name}-alarms:*"]
  alarms        = ["arn:aws:cloudwatch:${local.here}:alarm:${var.name}-*", "arn:aws:cloudwatch::${local.account}:dashboard/${var.name}"]
  budget        = "arn:aws:budgets::${local.account}:budget/${var.name}-month"
  apis          = ["arn:aws:apigateway:${var.region}::/apis", "arn:aws:apigateway:${var.region}::/apis/*", "arn:aws:apigateway:${var.region}::/tags/*"]

  read_state = {
    Effect   = "Allow"
    Action   = ["s3:GetObject", "s3:ListBucket"]
    Resource = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
  }

  # The settings of what there is; no item of the table, no line of a log.
  read = [
    { Effect = "Allow", Action = ["dynamodb:Describe*", "dynamodb:ListTagsOfResource"], Resource = local.table },
    { Effect = "Allow", Action = ["lambda:Get*", "lambda:List*"], Resource = local.function },
    { Effect = "Allow", Action = ["logs:ListTagsForResource", "logs:ListTagsLogGroup"], Resource = local.logs },
    { Effect = "Allow", Action = ["iam:Get*", "iam:List*"], Resource = local.function_role },
    { Effect = "Allow", Action = ["s3:Get*Configuration", "s3:GetBucket*", "s3:ListBucket"], Resource = local.site_bucket },
    { Effect = "Allow", Action = ["sns:Get*", "sns:List*"], Resource = local.topic },
    { Effect = "Allow", Action = ["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"], Resource = local.alarms },
    { Effect = "Allow", Action = ["budgets:ListTagsForResource", "budgets:ViewBudget"], Resource = local.budget },
    { Effect = "Allow", Action = "apigateway:GET", Resource = local.apis },
    {
      # AWS names none of these by a name of ours, or does not ask for one.
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate", "acm:ListTagsForCertificate",
        "cloudfront:Describe*", "cloudfront:Get*", "cloudfront:ListTagsForResource",
        "logs:DescribeLogGroups",
        "route53:Get*", "route53:List*", "wafv2:Get*", "wafv2:List*",
      ]
      Resource = "*"
    },
  ]

  write = [
    # The state's own lock is the only thing that is ever deleted there.
    { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.state.arn}/*" },
    { Effect = "Allow", Action = "s3:DeleteObject", Resource = "${aws_s3_bucket.state.arn}/*.tflock" },
    {
      Effect = "Allow"
      Action = [
        "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:TagResource", "dynamodb:UntagResource",
        "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
      ]
      Resource = local.table
    },
    { Effect = "Allow", Action = "lambda:*", Resource = local.function },
    {
      Effect = "Allow"
      Action = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy",
        "logs:TagResource", "logs:UntagResource",
      ]
      Resource = local.logs
    },
    {
      # Only a role that stays within the boundary.
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
      Resource  = local.function_role
      Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
    },
    {
      Effect   = "Allow"
      Action   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
      Resource = local.function_role
    },
    {
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = local.function_role
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    },
    { Effect = "Allow", Action = "s3:*", Resource = [local.site_bucket, "${local.site_bucket}/*"] },
    { Effect = "Allow", Action = "sns:*", Resource = local.topic },
    {
      Effect = "Allow"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource",
      ]
      Resource = local.alarms
    },
    { Effect = "Allow", Action = ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"], Resource = local.budget },
    { Effect = "Allow", Action = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource"], Resource = local.apis },
    {
      # As above: AWS names these by numbers of its own. The logs: ones are what an API Gateway stage with an access
      # log asks for.
      Effect = "Allow"
      Action = [
        "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RequestCertificate",
        "cloudfront:Create*", "cloudfront:Delete*", "cloudfront:PublishFunction", "cloudfront:TagResource",
        "cloudfront:UntagResource", "cloudfront:Update*",
        "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeResourcePolicies", "logs:GetLogDelivery",
        "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
        "route53:ChangeResourceRecordSets", "route53:ChangeTagsForResource", "route53:CreateHostedZone", "route53:DeleteHostedZone",
        "wafv2:CreateWebACL", "wafv2:DeleteWebACL", "wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateWebACL",
      ]
      Resource = "*"
    },
  ]
}
