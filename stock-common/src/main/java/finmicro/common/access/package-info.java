/** Who may call: access tokens of a trusted issuer, and the roles that they carry. */
package finmicro.common.access;
