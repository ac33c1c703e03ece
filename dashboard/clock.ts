/** Now, for everything on a page that counts down. */
import { ref } from "vue";

export const nowMs = ref(Date.now());
setInterval(() => {
	nowMs.value = Date.now();
}, 15_000);
