import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["**/*.test.ts"],
		exclude: ["node_modules", ".data", ".cache"],
		pool: "forks",
		// On two cores: tests with real processes and browsers wait as much as they work, so three keep both busy.
		maxWorkers: 3,
		testTimeout: 40_000,
		hookTimeout: 120_000,
		globalSetup: ["test/setup.ts"],
		setupFiles: ["test/env.ts"],
	},
});
