import { platformService } from "../platform-service.ts";
import { taobao } from "./adapter.ts";

export default platformService(taobao);
