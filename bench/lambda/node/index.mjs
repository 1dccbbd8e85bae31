// One atomic update with the AWS SDK v3, its client kept between calls.
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

export async function handler() {
  const answer = await client.send(new UpdateItemCommand({
    TableName: process.env.TABLE_NAME,
    Key: { ID: { S: "visits" } },
    UpdateExpression: "ADD Visits :one",
    ExpressionAttributeValues: { ":one": { N: "1" } },
    ReturnValues: "UPDATED_NEW",
  }));
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: answer.Attributes.Visits.N,
  };
}
