# GitHub vouches for a run of a workflow; the trust conditions say for which ones it may, to the letter.
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.create_oidc_provider ? 1 : 0
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider = "arn:aws:iam::${local.account}:oidc-provider/token.actions.githubusercontent.com"

  # How GitHub begins the subject of a repository that was made, renamed or moved since 2026-07-15, and of an older one
  # that has chosen it: https://docs.github.com/actions/reference/security/oidc#immutable-subject-claims
  # The form before, by names alone, is not trusted: who gets a name that was given up would be.
  github_owner   = split("/", var.github_repository)[0]
  github_name    = split("/", var.github_repository)[1]
  github_subject = "repo:${local.github_owner}@${var.github_owner_id}/${local.github_name}@${var.github_repository_id}"

  trust = {
    for role, claims in {
      plan = { sub = "${local.github_subject}:pull_request" }
      # The subject names the environment in place of what is deployed, so the branch is asked for by itself.
      deploy = { sub = "${local.github_subject}:environment:${var.github_environment}", ref = "refs/heads/main" }
      } : role => jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRoleWithWebIdentity"
          Principal = { Federated = local.github_provider }
          Condition = {
            StringEquals = {
              for claim, value in merge({ aud = "sts.amazonaws.com" }, claims) :
              "token.actions.githubusercontent.com:${claim}" => value
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

# Beside the deploy role's own policy, which with this one would be longer than AWS takes.
resource "aws_iam_policy" "read" {
  name   = "${var.name}-read"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.read })
}

resource "aws_iam_role_policy_attachment" "read" {
  for_each   = { plan = aws_iam_role.plan.name, deploy = aws_iam_role.deploy.name }
  role       = each.value
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role" "deploy" {
  name               = "${var.name}-deploy"
  description        = "GitHub Actions, in the environment ${var.github_environment}: deploys the system and the page."
  assume_role_policy = local.trust.deploy
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.deploy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.write, [for statement in local.destroy : statement if var.allow_destroy]) })
}

# What the function, and the schedule that invokes it, can be allowed at most. The deploy role can write the function's policy, but no further than this,
# so that it cannot give itself more by way of the function.
resource "aws_iam_policy" "boundary" {
  name = "${var.name}-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:*Item", "dynamodb:Query"], Resource = local.table },
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${local.function_log}:*" },
      { Effect = "Allow", Action = "sns:Publish", Resource = local.topic[0] },
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "${local.function[0]}:live" },
      { Effect = "Allow", Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = "*" },
    ]
  })
}
