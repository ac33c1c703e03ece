import type { PrintClientName } from "../../config/print-clients.ts";
import { cainiaoProtocol } from "./cainiao.ts";
import { jdProtocol } from "./jd.ts";
import type { PrintProtocol } from "./protocol.ts";
import { weixinProtocol } from "./weixin.ts";

export const protocols: Readonly<Record<PrintClientName, PrintProtocol>> = {
	cainiao: cainiaoProtocol("cainiao"),
	jd: jdProtocol,
	pdd: cainiaoProtocol("pdd"),
	douyin: cainiaoProtocol("douyin"),
	weixin: weixinProtocol,
	kuaishou: cainiaoProtocol("kuaishou"),
	xiaohongshu: cainiaoProtocol("xiaohongshu"),
};
