-- Sends the requests of the file BODIES to /predict below ROOT, one after another, and tells the outcome in one line.
-- The requests are put together once, because the load generator shares the processors with the server.
local requests = {}
local at = 0

function init(args)
  local headers = { ["Content-Type"] = "application/json", ["Host"] = "127.0.0.1" }
  for body in io.lines(os.getenv("BODIES")) do
    requests[#requests + 1] = wrk.format("POST", (os.getenv("ROOT") or "") .. "/predict", headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
    + summary.errors.timeout
  io.write(string.format("OUTCOME %.1f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
