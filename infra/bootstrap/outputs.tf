output "backend" {
  description = "Put this into infra/backend.hcl: terraform output -raw backend > ../backend.hcl"
  value       = "bucket = \"${aws_s3_bucket.state.id}\"\nregion = \"${var.region}\"\n"
}

output "state_bucket" {
  description = "The GitHub secret AWS_STATE_BUCKET."
  value       = aws_s3_bucket.state.id
}

output "github_subject" {
  description = "How GitHub begins the subject of this repository's tokens: sub_claim_prefix of gh api repos/OWNER/NAME/actions/oidc/customization/sub"
  value       = local.github_subject
}

output "plan_role" {
  description = "The GitHub secret AWS_PLAN_ROLE."
  value       = aws_iam_role.plan.arn
}

output "deploy_role" {
  description = "The GitHub secret AWS_DEPLOY_ROLE."
  value       = aws_iam_role.deploy.arn
}
