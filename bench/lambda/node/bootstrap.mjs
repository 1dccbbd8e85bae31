// A plain loop over Lambda's Runtime API, with nothing but Node's own modules.
import { Agent, request } from "node:http";
import { handler } from "./index.mjs";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const prefix = "/2018-06-01/runtime/invocation";
for (;;) {
  const invocation = await call("GET", `${prefix}/next`);
  const answer = await handler(JSON.parse(invocation.body));
  const id = invocation.headers["lambda-runtime-aws-request-id"];
  await call("POST", `${prefix}/${id}/response`, JSON.stringify(answer));
}
