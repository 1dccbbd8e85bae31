"""What many résumé counters deploy: a client made in each call, and one update of the table."""

import json
import os

import boto3


def lambda_handler(event, context):
    table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])
    answer = table.update_item(
        Key={"ID": "visits"},
        UpdateExpression="ADD Visits :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(int(answer["Attributes"]["Visits"])),
    }
