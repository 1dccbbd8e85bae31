// Reads an event and says what Amazon's own schema for it finds wrong: check-event.mjs 1.0|2.0 < event.json
import { readFileSync } from "node:fs";
import { APIGatewayProxyEventSchema } from "@aws-lambda-powertools/parser/schemas/api-gateway";
import { APIGatewayProxyEventV2Schema } from "@aws-lambda-powertools/parser/schemas/api-gatewayv2";

const schema = process.argv[2] === "2.0" ? APIGatewayProxyEventV2Schema : APIGatewayProxyEventSchema;
const result = schema.safeParse(JSON.parse(readFileSync(0, "utf8")));
if (!result.success) {
  console.log(JSON.stringify(result.error.issues, null, 2));
  process.exitCode = 1;
}
