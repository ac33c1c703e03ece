/** The platforms the hub speaks to. Removing a platform is removing its folder and its line here. */
interface PlatformEntry {
	zh: string;
	en: string;
	gatewayUrl: string; // production; a shop may have another one
}

export const platforms = {
	taobao: { zh: "淘宝 / 天猫", en: "Taobao / Tmall", gatewayUrl: "https://eco.taobao.com/router/rest" },
} as const satisfies Record<string, PlatformEntry>;

export type PlatformName = keyof typeof platforms;
export const platformNames = Object.keys(platforms) as PlatformName[];
