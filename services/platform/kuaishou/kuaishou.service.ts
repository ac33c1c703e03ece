import { platformService } from "../platform-service.ts";
import { kuaishou } from "./adapter.ts";

export default platformService(kuaishou);
