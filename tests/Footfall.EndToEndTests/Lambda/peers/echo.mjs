// A function for Amazon's own runtime client: answers with what it was given, or misbehaves as the path says.
export async function handler(event, context) {
  switch (event.rawPath ?? event.path) {
    case "/crash":
      process.exit(3);
    case "/throw":
      throw new TypeError("thrown on purpose");
    case "/hang":
      return new Promise(() => setInterval(() => {}, 1000));
    case "/plain":
      return { greeting: "hello" };
    case "/answer":
      return {
        statusCode: 418,
        headers: { "x-one": "1" },
        multiValueHeaders: { "x-two": ["2", "3"] },
        cookies: ["a=1", "b=2"],
        isBase64Encoded: true,
        body: Buffer.from([0, 255]).toString("base64"),
      };
    default:
      return {
        statusCode: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          event,
          requestId: context.awsRequestId,
          functionArn: context.invokedFunctionArn,
          remaining: context.getRemainingTimeInMillis(),
          trace: process.env._X_AMZN_TRACE_ID,
          pid: process.pid,
        }),
      };
  }
}
