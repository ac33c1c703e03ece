import "moleculer";

declare module "moleculer" {
	interface ActionSchema {
		timeout?: number; // a real option that the package's types leave out
	}
	interface ServiceSettingSchema {
		[key: string]: unknown;
	}
}
