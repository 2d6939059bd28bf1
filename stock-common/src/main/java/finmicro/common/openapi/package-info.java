/** Completes the OpenAPI documents with what all services have in common, and what annotations cannot express. */
package finmicro.common.openapi;
