# GitHub vouches for a run of a workflow; the trust conditions say for which ones it may, to the letter.
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.create_oidc_provider ? 1 : 0
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider = "arn:aws:iam::${local.account}:oidc-provider/token.actions.githubusercontent.com"

  trust = {
    for role, subject in {
      plan   = "repo:${var.github_repository}:pull_request"
      deploy = "repo:${var.github_repository}:environment:${var.github_environment}"
      } : role => jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRoleWithWebIdentity"
          Principal = { Federated = local.github_provider }
          Condition = {
            StringEquals = {
              "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
              "token.actions.githubusercontent.com:sub" = subject
            }
          }
        }]
    })
  }
}

resource "aws_iam_role" "plan" {
  name               = "${var.name}-plan"
  description        = "GitHub Actions, on a pull request: reads what there is, changes nothing, reads no count."
  assume_role_policy = local.trust.plan
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.plan.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([local.read_state], local.read) })
}

resource "aws_iam_role" "deploy" {
  name               = "${var.name}-deploy"
  description        = "GitHub Actions, in the environment ${var.github_environment}: deploys the system and the page."
  assume_role_policy = local.trust.deploy
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([local.read_state], local.read, local.write) })
}

# What the function can be allowed at most. The deploy role can write the function's policy, but no further than this,
# so that it cannot give itself more by way of the function.
resource "aws_iam_policy" "boundary" {
  name = "${var.name}-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:*Item", "dynamodb:Query"], Resource = local.table },
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${local.function_log}:*" },
      { Effect = "Allow", Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = "*" },
    ]
  })
}
