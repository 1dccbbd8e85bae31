output "site_url" {
  description = "The page."
  value       = "https://${local.site_domain}"
}

output "api_url" {
  description = "The API without CloudFront, for pages elsewhere (POST / among them) that var.allowed_origins names."
  value       = aws_apigatewayv2_api.api.api_endpoint
}

output "region" {
  value = var.region
}

output "site_bucket" {
  description = "Where script/deploy-site puts the page."
  value       = aws_s3_bucket.site.id
}

output "distribution_id" {
  description = "What script/deploy-site tells about changed files."
  value       = aws_cloudfront_distribution.site.id
}

output "table" {
  description = "Where the counts are."
  value       = aws_dynamodb_table.visits.name
}

output "function" {
  description = "Which function script/rollback-backend rolls back."
  value       = aws_lambda_function.api.function_name
}

output "function_role" {
  value = aws_iam_role.api.arn
}

output "live_version" {
  description = "The published version that Terraform made live."
  value       = aws_lambda_alias.live.function_version
}

output "name_servers" {
  description = "With create_zone: set these at the registrar of the domain. Empty otherwise."
  value       = flatten(aws_route53_zone.site[*].name_servers)
}

output "dashboard_url" {
  value = "https://${var.region}.console.aws.amazon.com/cloudwatch/home?region=${var.region}#dashboards/dashboard/${var.name}"
}

output "next" {
  description = "What to do now."
  value = join("\n", compact([
    "Confirm the e-mail that AWS has sent you.",
    var.create_zone ? "Set these name servers at the registrar of ${local.zone_name}: ${join(", ", flatten(aws_route53_zone.site[*].name_servers))}" : "",
    "Put the page online: script/deploy-site",
    "Look at it: https://${local.site_domain}",
  ]))
}
