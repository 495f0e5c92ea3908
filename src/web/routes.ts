/** The pages and their addresses; each is loaded when it is first opened. */
import { createRouter, createWebHistory } from "vue-router";

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", name: "wallet", component: () => import("./pages/wallet/wallet-page.vue") },
    { path: "/claim", name: "claim", component: () => import("./pages/wallet/claim-page.vue") },
    {
      path: "/certificates/:id",
      name: "certificate",
      component: () => import("./pages/wallet/certificate-page.vue"),
    },
    {
      path: "/show/:id",
      name: "showing",
      component: () => import("./pages/showing/showing-page.vue"),
    },
    {
      path: "/request",
      alias: "/r",
      name: "request",
      component: () => import("./pages/showing/request-page.vue"),
    },
    {
      path: "/delegate/:id",
      name: "delegate",
      component: () => import("./pages/showing/delegate-page.vue"),
    },
    {
      path: "/counter",
      name: "counter",
      component: () => import("./pages/counter/counter-page.vue"),
    },
    {
      path: "/q",
      name: "quick-check",
      component: () => import("./pages/quick-check/quick-check-page.vue"),
    },
    {
      path: "/overview",
      name: "overview",
      component: () => import("./pages/overview/overview-page.vue"),
    },
    {
      path: "/settings",
      name: "settings",
      component: () => import("./pages/settings/settings-page.vue"),
    },
    { path: "/:rest(.*)*", name: "missing", component: () => import("./pages/missing-page.vue") },
  ],
});
