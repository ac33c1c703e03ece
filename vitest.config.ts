import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["**/*.test.ts"],
		exclude: ["node_modules", ".data", ".cache"],
		pool: "forks",
		// Two cores, and many tests start real processes: more workers only make each slower.
		maxWorkers: 2,
		testTimeout: 20_000,
		hookTimeout: 60_000,
		globalSetup: ["test/setup.ts"],
		setupFiles: ["test/env.ts"],
	},
});
