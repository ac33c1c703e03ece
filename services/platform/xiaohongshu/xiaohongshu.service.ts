import { platformService } from "../platform-service.ts";
import { xiaohongshu } from "./adapter.ts";

export default platformService(xiaohongshu);
