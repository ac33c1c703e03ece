/** One colour for each platform, wherever it is drawn. Each is told from white and from the dark card at 3:1 and more. */
import type { PlatformName } from "../config/platforms.ts";

const colours: Readonly<Record<PlatformName | "manual", string>> = {
	taobao: "#e8590c",
	jd: "#d6336c",
	pdd: "#9c6ade",
	douyin: "#1c7ed6",
	weixin: "#2b8a3e",
	kuaishou: "#b07d00",
	xiaohongshu: "#0b8a99",
	manual: "#7a8794",
};

export const otherColour = "#7a8794";

export const platformColour = (platform: string): string =>
	(colours as Record<string, string>)[platform] ?? otherColour;
