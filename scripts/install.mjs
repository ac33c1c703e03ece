// Installs what package-lock.json names, when it is not there yet. Runs on whatever Node the machine has,
// before anything else of the project: plain JavaScript, no packages.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const marker = path.join(root, "node_modules/.order-hub-lock");
const wanted = createHash("sha256")
	.update(readFileSync(path.join(root, "package-lock.json")))
	.digest("hex");

if (!existsSync(marker) || readFileSync(marker, "utf8") !== wanted) {
	console.log("Installing the packages of package-lock.json (Node 24 included): about a minute, once …");
	const { status } = spawnSync("npm", ["ci"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
	if (status !== 0) {
		console.error("npm ci failed (see above). With the network to the npm registry back, run the same command again.");
		process.exit(1);
	}
	writeFileSync(marker, wanted);
}

const own = path.join(root, "node_modules/.bin", process.platform === "win32" ? "node.cmd" : "node");
if (!existsSync(own) && Number(process.versions.node.split(".")[0]) < 24) {
	console.error(
		`Node 24 or newer is needed; this is ${process.version}, and npm has no Node 24 for this kind of machine.`,
	);
	process.exit(1);
}
