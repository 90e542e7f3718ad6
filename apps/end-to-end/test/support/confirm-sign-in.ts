// What BROWSER names in the tests: presses a button of the page that it is told to open, as somebody would.
import { request } from "node:http";

const [decision = "", url = ""] = process.argv.slice(2);
const form = request(url, { method: "POST" }, (reply) => {
  reply.resume();
  process.exitCode = reply.statusCode === 200 ? 0 : 1;
});
form.end(`decision=${decision}`);
