# What Kestrel sends with the page, too: src/Footfall.Site/Building/SecurityHeaders.cs.
# Other sites' pages may load what counts them, and nothing else.
resource "aws_cloudfront_response_headers_policy" "site" {
  for_each = {
    site            = "same-origin"
    for-other-sites = "cross-origin"
  }

  name = "${var.name}-${each.key}"

  security_headers_config {
    content_security_policy {
      content_security_policy = join("; ", [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ])
      override = true
    }

    content_type_options {
      override = true
    }

    referrer_policy {
      referrer_policy = "same-origin"
      override        = true
    }

    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }

  custom_headers_config {
    dynamic "items" {
      for_each = {
        Cross-Origin-Opener-Policy   = "same-origin"
        Cross-Origin-Resource-Policy = each.value
        Permissions-Policy           = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
      }

      content {
        header   = items.key
        value    = items.value
        override = true
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

moved {
  from = aws_cloudfront_response_headers_policy.site
  to   = aws_cloudfront_response_headers_policy.site["site"]
}
