import { platformService } from "../platform-service.ts";
import { jd } from "./adapter.ts";

export default platformService(jd);
