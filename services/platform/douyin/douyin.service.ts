import { platformService } from "../platform-service.ts";
import { douyin } from "./adapter.ts";

export default platformService(douyin);
