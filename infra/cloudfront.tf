locals {
  # AWS's own policies, which have the same identifiers in every account.
  caching_optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled  = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"

  aliases = var.domain_name == null ? [] : concat([var.domain_name], var.redirect_www ? ["www.${var.domain_name}"] : [])
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "${var.name}-site"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_function" "www_redirect" {
  count   = length(local.aliases) > 1 ? 1 : 0
  name    = "${var.name}-www-redirect"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/www-redirect.js")

  # Removed only after the distribution has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}

# What the API needs to know of a viewer's request: at most ten headers, CloudFront's limit. Host is not one of them,
# since API Gateway answers to its own name only.
resource "aws_cloudfront_origin_request_policy" "api" {
  name = "${var.name}-api"

  headers_config {
    header_behavior = "whitelist"

    headers {
      items = [
        "CloudFront-Viewer-Address",
        "Content-Type",
        "DNT",
        "Origin",
        "Purpose",
        "Sec-Fetch-Site",
        "Sec-GPC",
        "Sec-Purpose",
        "User-Agent",
        "X-Moz",
      ]
    }
  }

  cookies_config {
    cookie_behavior = "none"
  }

  query_strings_config {
    query_string_behavior = "all"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# A policy that names headers may not name Authorization; one that hands on all of the viewer's hands it on, too.
resource "aws_cloudfront_origin_request_policy" "owner" {
  name = "${var.name}-owner"

  headers_config {
    header_behavior = "allExcept"

    headers {
      items = ["Host"]
    }
  }

  cookies_config {
    cookie_behavior = "none"
  }

  query_strings_config {
    query_string_behavior = "all"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_function" "folder_page" {
  name    = "${var.name}-folder-page"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/folder-page.js")

  # Removed only after the distribution has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_function" "refusal" {
  name    = "${var.name}-refusal"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/refusal.js")

  # Removed only after the distribution has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudfront_distribution" "site" {
  comment             = var.name
  enabled             = true
  is_ipv6_enabled     = true
  http_version        = "http2and3"
  price_class         = var.price_class
  aliases             = local.aliases
  default_root_object = "index.html"
  web_acl_id          = one(aws_wafv2_web_acl.api[*].arn)

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }

  origin {
    origin_id   = "api"
    domain_name = replace(aws_apigatewayv2_api.api.api_endpoint, "https://", "")

    custom_header {
      name  = "x-footfall-edge"
      value = sensitive(local.edge_secrets[1])
    }

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "site"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "redirect-to-https"
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site["site"].id

    dynamic "function_association" {
      for_each = aws_cloudfront_function.www_redirect

      content {
        event_type   = "viewer-request"
        function_arn = function_association.value.arn
      }
    }
  }

  # What takes the owner's key: the numbers, which it opens, and the health, which tells the owner alone its version.
  dynamic "ordered_cache_behavior" {
    for_each = ["/api/owner/*", "/api/health"]

    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = "api"
      allowed_methods          = ["GET", "HEAD", "OPTIONS"]
      cached_methods           = ["GET", "HEAD"]
      viewer_protocol_policy   = "https-only"
      compress                 = true
      cache_policy_id          = local.caching_disabled
      origin_request_policy_id = aws_cloudfront_origin_request_policy.owner.id

      function_association {
        event_type   = "viewer-response"
        function_arn = aws_cloudfront_function.refusal.arn
      }
    }
  }

  # What other sites' pages are counted by.
  ordered_cache_behavior {
    path_pattern               = "/count.js"
    target_origin_id           = "site"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "redirect-to-https"
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site["for-other-sites"].id
  }

  # The API chooses its own headers and caching.
  ordered_cache_behavior {
    path_pattern             = "/api/*"
    target_origin_id         = "api"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    viewer_protocol_policy   = "https-only"
    compress                 = true
    cache_policy_id          = local.caching_disabled
    origin_request_policy_id = aws_cloudfront_origin_request_policy.api.id

    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.refusal.arn
    }
  }

  # Folders, such as /stats/; the first page is not one of them.
  ordered_cache_behavior {
    path_pattern               = "/?*/"
    target_origin_id           = "site"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "redirect-to-https"
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site["site"].id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.folder_page.arn
    }
  }

  # S3 says 403 for a file that is not there. CloudFront knows error pages for a whole distribution only: the API's 403
  # (a foreign origin) passes this one in the disguise that refusal.js takes off, and its 404 arrives as it is.
  custom_error_response {
    error_code            = 403
    response_code         = 404
    response_page_path    = "/404.html"
    error_caching_min_ttl = 0
  }

  # CloudFront keeps errors for ten seconds unless told otherwise, whatever the cache policy says, and the API's under
  # their path alone: one request for a counter that there is none of would answer for everybody's.
  dynamic "custom_error_response" {
    for_each = [400, 404, 405, 414, 500, 501, 502, 503, 504]

    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.domain_name == null
    acm_certificate_arn            = one(aws_acm_certificate_validation.site[*].certificate_arn)
    ssl_support_method             = var.domain_name == null ? null : "sni-only"
    minimum_protocol_version       = var.domain_name == null ? "TLSv1" : "TLSv1.2_2021"
  }
}
