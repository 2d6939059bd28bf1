/** Completes the OpenAPI document of a service with what is so in all of them, and what annotations cannot say. */
package finmicro.common.openapi;
