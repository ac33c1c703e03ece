import { platformService } from "../platform-service.ts";
import { pdd } from "./adapter.ts";

export default platformService(pdd);
