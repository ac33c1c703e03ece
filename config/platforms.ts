/** The platforms the hub speaks to. Removing a platform is removing its folder and its line here. */
interface PlatformEntry {
	zh: string;
	en: string;
	/** Production addresses; a shop may have others. "": there is none. */
	gatewayUrl: string;
	authUrl: string; // where a seller lets the app in
	messageUrl: string; // the message server the hub connects to
}

export const platforms = {
	taobao: {
		zh: "淘宝 / 天猫",
		en: "Taobao / Tmall",
		gatewayUrl: "https://eco.taobao.com/router/rest",
		authUrl: "https://oauth.taobao.com/authorize",
		messageUrl: "ws://mc.api.taobao.com/",
	},
	jd: {
		zh: "京东",
		en: "JD",
		gatewayUrl: "https://api.jd.com/routerjson",
		authUrl: "https://open-oauth.jd.com/oauth2/to_login",
		messageUrl: "",
	},
	pdd: {
		zh: "拼多多",
		en: "Pinduoduo",
		gatewayUrl: "https://gw-api.pinduoduo.com/api/router",
		authUrl: "https://fuwu.pinduoduo.com/service-market/auth",
		messageUrl: "wss://message-api.pinduoduo.com/message",
	},
	douyin: {
		zh: "抖店",
		en: "Douyin",
		gatewayUrl: "https://openapi-fxg.jinritemai.com",
		authUrl: "https://fuwu.jinritemai.com/authorize",
		messageUrl: "",
	},
	weixin: {
		zh: "微信小店",
		en: "Weixin shop",
		gatewayUrl: "https://api.weixin.qq.com",
		authUrl: "",
		messageUrl: "",
	},
	kuaishou: {
		zh: "快手小店",
		en: "Kuaishou",
		gatewayUrl: "https://openapi.kwaixiaodian.com",
		authUrl: "https://open.kwaixiaodian.com/oauth/authorize",
		messageUrl: "",
	},
	xiaohongshu: {
		zh: "小红书",
		en: "Xiaohongshu",
		gatewayUrl: "https://ark.xiaohongshu.com/ark/open_api/v3/common_controller",
		authUrl: "https://ark.xiaohongshu.com/ark/authorization",
		messageUrl: "",
	},
} satisfies Record<string, PlatformEntry>;

export type PlatformName = keyof typeof platforms;
export const platformNames = Object.keys(platforms) as PlatformName[];
