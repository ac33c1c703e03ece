import { platformService } from "../platform-service.ts";
import { weixin } from "./adapter.ts";

export default platformService(weixin);
