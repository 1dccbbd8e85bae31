-- Each request is another visitor's first: an address of its own, as a proxy in front would report it.
-- wrk ... -s visits.lua URL -- RUN, where RUN (0 to 4095) is another number each time.
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  run = tonumber(args[1])
  sent = 0
  wrk.method = "POST"
  wrk.body = '{"counter":"/"}'
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
end

function request()
  sent = sent + 1
  -- An IPv6 address counts by its first four groups.
  wrk.headers["X-Forwarded-For"] =
    string.format("2001:%x:%x:%x::1", run * 16 + id, math.floor(sent / 65536), sent % 65536)
  return wrk.format()
end

function done(summary, latency)
  io.write(string.format("%.0f %d %d %.0f %.0f\n",
    summary.requests / summary.duration * 1e6,
    summary.requests - summary.errors.status,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
