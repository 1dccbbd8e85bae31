data "aws_route53_zone" "site" {
  count = var.zone_name == null ? 0 : 1
  name  = var.zone_name
}

# What Terraform and the scripts call, and nothing else: a test compares these lists with all that they ask the emulator
# for, and with AWS's own reference. What AWS knows by name is bound to ours. What it numbers (distributions,
# certificates, the API) is written by the tag Project only, and read by its kind, since AWS may learn of a new thing's
# tags later than of the thing. CloudFront's policies, and the API's integrations, routes and stages, have neither name
# nor tag for IAM: they are bound to kind, account and region.
locals {
  here     = "${var.region}:${local.account}"
  ours     = { StringEquals = { "aws:ResourceTag/Project" = var.name } }
  for_ours = { StringEquals = { "aws:RequestTag/Project" = var.name } }

  table         = "arn:aws:dynamodb:${local.here}:table/${var.name}-visits"
  function      = ["arn:aws:lambda:${local.here}:function:${var.name}-api", "arn:aws:lambda:${local.here}:function:${var.name}-api:*"]
  function_role = "arn:aws:iam::${local.account}:role/${var.name}-api"
  report_role   = "arn:aws:iam::${local.account}:role/${var.name}-report"
  roles         = [local.function_role, local.report_role]
  schedule      = "arn:aws:scheduler:${local.here}:schedule/default/${var.name}-report"
  function_log  = "arn:aws:logs:${local.here}:log-group:/aws/lambda/${var.name}-api"
  access_log    = "arn:aws:logs:${local.here}:log-group:/aws/apigateway/${var.name}"
  site_bucket   = "arn:aws:s3:::${var.name}-site-${local.account}"
  topic         = ["arn:aws:sns:${local.here}:${var.name}-alarms", "arn:aws:sns:${local.here}:${var.name}-alarms:*"]
  alarms        = "arn:aws:cloudwatch:${local.here}:alarm:${var.name}-*"
  dashboard     = "arn:aws:cloudwatch::${local.account}:dashboard/${var.name}"
  budget        = "arn:aws:budgets::${local.account}:budget/${var.name}-month"
  distributions = "arn:aws:cloudfront::${local.account}:distribution/*"
  edge_scripts  = [for script in ["folder-page", "refusal", "www-redirect"] : "arn:aws:cloudfront::${local.account}:function/${var.name}-${script}"]
  edge_policies = [for kind in ["origin-access-control", "origin-request-policy", "response-headers-policy"] : "arn:aws:cloudfront::${local.account}:${kind}/*"]
  certificates  = "arn:aws:acm:us-east-1:${local.account}:certificate/*"
  firewall      = "arn:aws:wafv2:us-east-1:${local.account}:global/webacl/${var.name}-api/*"
  zones         = data.aws_route53_zone.site[*].arn
  apis          = "arn:aws:apigateway:${var.region}::/apis"

  # The settings of what there is; no item of the table, no line of a log.
  read = concat([
    { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.state.arn}/*" },
    { Effect = "Allow", Action = "s3:ListBucket", Resource = aws_s3_bucket.state.arn },
    {
      Effect   = "Allow"
      Action   = ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource"]
      Resource = local.table
    },
    {
      Effect   = "Allow"
      Action   = ["lambda:GetAlias", "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetPolicy", "lambda:ListVersionsByFunction"]
      Resource = local.function
    },
    { Effect = "Allow", Action = "logs:ListTagsForResource", Resource = [local.function_log, local.access_log] },
    { Effect = "Allow", Action = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"], Resource = local.roles },
    { Effect = "Allow", Action = "scheduler:GetSchedule", Resource = local.schedule },
    {
      Effect = "Allow"
      Action = [
        "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket",
      ]
      Resource = local.site_bucket
    },
    { Effect = "Allow", Action = ["sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource"], Resource = local.topic },
    { Effect = "Allow", Action = "cloudwatch:ListTagsForResource", Resource = local.alarms },
    # AWS asks for all alarms, whichever are looked for.
    { Effect = "Allow", Action = "cloudwatch:DescribeAlarms", Resource = "arn:aws:cloudwatch:${local.here}:alarm:*" },
    { Effect = "Allow", Action = "cloudwatch:GetDashboard", Resource = local.dashboard },
    { Effect = "Allow", Action = ["budgets:ListTagsForResource", "budgets:ViewBudget"], Resource = local.budget },
    { Effect = "Allow", Action = "apigateway:GET", Resource = "${local.apis}/*" },
    { Effect = "Allow", Action = ["acm:DescribeCertificate", "acm:ListTagsForCertificate"], Resource = local.certificates },
    { Effect = "Allow", Action = ["cloudfront:GetDistribution", "cloudfront:ListTagsForResource"], Resource = local.distributions },
    { Effect = "Allow", Action = ["cloudfront:DescribeFunction", "cloudfront:GetFunction"], Resource = local.edge_scripts },
    {
      Effect   = "Allow"
      Action   = ["cloudfront:GetOriginAccessControl", "cloudfront:GetOriginRequestPolicy", "cloudfront:GetResponseHeadersPolicy"]
      Resource = local.edge_policies
    },
    { Effect = "Allow", Action = ["wafv2:GetWebACL", "wafv2:ListTagsForResource"], Resource = local.firewall },
    # These know no resources.
    { Effect = "Allow", Action = ["logs:DescribeLogGroups", "route53:ListHostedZones"], Resource = "*" },
    ], [
    for zone in local.zones : { Effect = "Allow", Action = ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"], Resource = zone }
  ])

  write = concat([
    # The state's own lock is the only thing that is ever deleted there.
    { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.state.arn}/*" },
    { Effect = "Allow", Action = "s3:DeleteObject", Resource = "${aws_s3_bucket.state.arn}/*.tflock" },
    {
      Effect   = "Allow"
      Action   = ["dynamodb:CreateTable", "dynamodb:TagResource", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive"]
      Resource = local.table
    },
    {
      Effect = "Allow"
      Action = [
        "lambda:AddPermission", "lambda:CreateAlias", "lambda:CreateFunction", "lambda:DeleteFunctionConcurrency",
        "lambda:GetFunctionConfiguration", "lambda:PublishVersion", "lambda:PutFunctionConcurrency", "lambda:TagResource",
        "lambda:UpdateAlias", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
      ]
      Resource = local.function
    },
    { Effect = "Allow", Action = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], Resource = ["${local.function_log}:*", "${local.access_log}:*"] },
    { Effect = "Allow", Action = "logs:TagResource", Resource = [local.function_log, local.access_log] },
    {
      # Only a role that stays within the boundary.
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePolicy"]
      Resource  = local.roles
      Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary.arn } }
    },
    { Effect = "Allow", Action = "iam:TagRole", Resource = local.roles },
    {
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = local.function_role
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    },
    {
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = local.report_role
      Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
    },
    # The report can be switched on and off.
    { Effect = "Allow", Action = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:UpdateSchedule"], Resource = local.schedule },
    { Effect = "Allow", Action = ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:ListInstanceProfilesForRole"], Resource = local.report_role },
    {
      Effect = "Allow"
      Action = [
        "s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging",
        "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration",
      ]
      Resource = local.site_bucket
    },
    # Versions of the page's files stay for 30 days.
    { Effect = "Allow", Action = ["s3:DeleteObject", "s3:PutObject"], Resource = "${local.site_bucket}/*" },
    { Effect = "Allow", Action = ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe"], Resource = local.topic },
    { Effect = "Allow", Action = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"], Resource = local.alarms },
    { Effect = "Allow", Action = "cloudwatch:PutDashboard", Resource = local.dashboard },
    { Effect = "Allow", Action = ["budgets:ModifyBudget", "budgets:TagResource"], Resource = local.budget },
    { Effect = "Allow", Action = "apigateway:POST", Resource = local.apis, Condition = local.for_ours },
    { Effect = "Allow", Action = "apigateway:POST", Resource = [for part in ["integrations", "routes", "stages"] : "${local.apis}/*/${part}"] },
    { Effect = "Allow", Action = "apigateway:PATCH", Resource = [for part in ["integrations", "stages"] : "${local.apis}/*/${part}/*"] },
    { Effect = "Allow", Action = "apigateway:DELETE", Resource = "${local.apis}/*/routes/*" },
    # API Gateway asks for it when something is made with tags, though AWS's reference knows neither it nor conditions of it.
    { Effect = "Allow", Action = "apigateway:TagResource", Resource = [local.apis, "${local.apis}/*/stages"] },
    # What makes something that AWS numbers knows no resources yet.
    { Effect = "Allow", Action = ["acm:RequestCertificate", "cloudfront:CreateDistribution"], Resource = "*", Condition = local.for_ours },
    # Of two services in one statement, each action on its own kind: together they fit into what AWS takes.
    { Effect = "Allow", Action = ["acm:AddTagsToCertificate", "cloudfront:TagResource"], Resource = [local.certificates, local.distributions], Condition = local.for_ours },
    {
      Effect    = "Allow"
      Action    = ["acm:DeleteCertificate", "cloudfront:CreateInvalidation", "cloudfront:UpdateDistribution"]
      Resource  = [local.certificates, local.distributions]
      Condition = local.ours
    },
    { Effect = "Allow", Action = ["cloudfront:DeleteFunction", "cloudfront:PublishFunction", "cloudfront:UpdateFunction"], Resource = local.edge_scripts },
    {
      Effect   = "Allow"
      Action   = ["cloudfront:UpdateOriginAccessControl", "cloudfront:UpdateOriginRequestPolicy", "cloudfront:UpdateResponseHeadersPolicy"]
      Resource = local.edge_policies
    },
    {
      Effect = "Allow"
      Action = [
        "cloudfront:CreateFunction", "cloudfront:CreateOriginAccessControl", "cloudfront:CreateOriginRequestPolicy",
        "cloudfront:CreateResponseHeadersPolicy",
        # What an API Gateway stage with an access log asks for.
        "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeResourcePolicies", "logs:GetLogDelivery",
        "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
      ]
      Resource = "*"
    },
    { Effect = "Allow", Action = ["wafv2:CreateWebACL", "wafv2:DeleteWebACL", "wafv2:TagResource", "wafv2:UpdateWebACL"], Resource = local.firewall },
    ], [
    for zone in local.zones : { Effect = "Allow", Action = "route53:ChangeResourceRecordSets", Resource = zone }
    ], [
    for zone in local.zones : { Effect = "Allow", Action = "route53:GetChange", Resource = "arn:aws:route53:::change/*" }
  ])

  # Only with var.allow_destroy.
  destroy = concat([
    { Effect = "Allow", Action = "dynamodb:DeleteTable", Resource = local.table },
    { Effect = "Allow", Action = ["lambda:DeleteAlias", "lambda:DeleteFunction", "lambda:RemovePermission"], Resource = local.function },
    { Effect = "Allow", Action = "logs:DeleteLogGroup", Resource = ["${local.function_log}:*", "${local.access_log}:*"] },
    { Effect = "Allow", Action = ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:ListInstanceProfilesForRole"], Resource = local.function_role },
    { Effect = "Allow", Action = ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:ListBucketVersions"], Resource = local.site_bucket },
    { Effect = "Allow", Action = "s3:DeleteObjectVersion", Resource = "${local.site_bucket}/*" },
    { Effect = "Allow", Action = "sns:DeleteTopic", Resource = local.topic[0] },
    { Effect = "Allow", Action = "cloudwatch:DeleteDashboards", Resource = local.dashboard },
    { Effect = "Allow", Action = "apigateway:DELETE", Resource = "${local.apis}/*", Condition = local.ours },
    { Effect = "Allow", Action = "apigateway:DELETE", Resource = [for part in ["integrations", "stages"] : "${local.apis}/*/${part}/*"] },
    { Effect = "Allow", Action = "cloudfront:DeleteDistribution", Resource = local.distributions, Condition = local.ours },
    {
      Effect   = "Allow"
      Action   = ["cloudfront:DeleteOriginAccessControl", "cloudfront:DeleteOriginRequestPolicy", "cloudfront:DeleteResponseHeadersPolicy"]
      Resource = local.edge_policies
    },
    ], [
    for zone in local.zones : { Effect = "Allow", Action = "route53:DeleteHostedZone", Resource = zone }
  ])
}
