# What Kestrel sends with the page too: src/Footfall.Site/SecurityHeaders.cs.
resource "aws_cloudfront_response_headers_policy" "site" {
  name = "${var.name}-site"

  security_headers_config {
    content_type_options {
      override = true
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
