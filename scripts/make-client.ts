/**
 * Writes the typed client of the gateway: `node scripts/make-client.ts --to DIR [--from http://127.0.0.1:3000]`. Without
 * `--from` it is made of the services of this tree, with it of what a running hub offers.
 */
import { parseArgs } from "node:util";
import { makeClient } from "./client.ts";

const { values } = parseArgs({ options: { to: { type: "string" }, from: { type: "string" } } });
if (!values.to) throw new Error("say where: --to DIR");
console.log(await makeClient(values.to, values.from));
