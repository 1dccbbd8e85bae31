# Tallies, claims and salts. Encrypted with a key of AWS's own, as every table is, which costs nothing.
resource "aws_dynamodb_table" "visits" {
  name                        = "${var.name}-visits"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.production

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  # Claims and salts. DynamoDB may delete days late, so the function erases a salt itself when its time has ended;
  # without the salt, what is left of a claim says nothing.
  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
    # A backup holds the salts and claims of its day too, so it is kept no longer than a mistake needs to be noticed.
    recovery_period_in_days = 1
  }
}
