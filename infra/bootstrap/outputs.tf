output "backend" {
  description = "Put this into infra/backend.hcl: terraform output -raw backend > ../backend.hcl"
  value       = "bucket = \"${aws_s3_bucket.state.id}\"\nregion = \"${var.region}\"\n"
}

output "state_bucket" {
  description = "The GitHub variable AWS_STATE_BUCKET."
  value       = aws_s3_bucket.state.id
}

output "plan_role" {
  description = "The GitHub variable AWS_PLAN_ROLE."
  value       = aws_iam_role.plan.arn
}

output "deploy_role" {
  description = "The GitHub variable AWS_DEPLOY_ROLE."
  value       = aws_iam_role.deploy.arn
}
