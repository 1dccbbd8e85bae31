# Only with var.domain_name.
locals {
  names     = toset(local.aliases)
  zone_name = try(coalesce(var.zone_name, var.domain_name), null)
  zone_id   = one(concat(aws_route53_zone.site[*].zone_id, data.aws_route53_zone.site[*].zone_id))
}

resource "aws_route53_zone" "site" {
  count = var.create_zone ? 1 : 0
  name  = local.zone_name
}

data "aws_route53_zone" "site" {
  count = var.domain_name != null && !var.create_zone ? 1 : 0
  name  = local.zone_name
}

resource "aws_acm_certificate" "site" {
  count    = var.domain_name == null ? 0 : 1
  provider = aws.us_east_1

  domain_name               = var.domain_name
  subject_alternative_names = setsubtract(local.names, [var.domain_name])
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  # By names that are known beforehand; the options are known only once AWS has made the certificate.
  for_each = local.names

  zone_id         = local.zone_id
  name            = one([for option in aws_acm_certificate.site[0].domain_validation_options : option.resource_record_name if option.domain_name == each.key])
  type            = one([for option in aws_acm_certificate.site[0].domain_validation_options : option.resource_record_type if option.domain_name == each.key])
  records         = [for option in aws_acm_certificate.site[0].domain_validation_options : option.resource_record_value if option.domain_name == each.key]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "site" {
  count    = var.domain_name == null ? 0 : 1
  provider = aws.us_east_1

  certificate_arn         = aws_acm_certificate.site[0].arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_route53_record" "site" {
  for_each = { for pair in setproduct(local.names, ["A", "AAAA"]) : join(" ", pair) => { name = pair[0], type = pair[1] } }

  zone_id = local.zone_id
  name    = each.value.name
  type    = each.value.type

  alias {
    name                   = aws_cloudfront_distribution.site.domain_name
    zone_id                = aws_cloudfront_distribution.site.hosted_zone_id
    evaluate_target_health = false
  }
}
