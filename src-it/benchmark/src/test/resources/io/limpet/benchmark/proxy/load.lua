-- 64 sessions, half of them on each node, with the other fields that a browser sends
local method = os.getenv("METHOD")
local path = os.getenv("TARGET")
local bytes = tonumber(os.getenv("BODY"))
local requests = {}
local next = 0
function init(args)
  wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
  wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
  wrk.headers["Accept-Language"] = "en-US,en;q=0.5"
  wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
  wrk.headers["Referer"] = "http://127.0.0.1/app/index.html"
  local body = nil
  if bytes > 0 then
    body = string.rep("a", bytes)
    wrk.headers["Content-Type"] = "application/octet-stream"
  end
  for i = 1, 64 do
    local session = string.format("%032X.n%d", i * 7919, i % 2 + 1)
    wrk.headers["Cookie"] = "theme=dark; JSESSIONID=" .. session .. "; _ga=GA1.2.1234567890.1700000000"
    requests[i] = wrk.format(method, path, nil, body)
  end
end
function request()
  next = next % 64 + 1
  return requests[next]
end
