// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Who may issue what (发证机关名录)
/// @notice Keeps the agencies, the certificate types each may issue, the accounts that anchor for it
/// and the keys that sign its documents. Every change is an event, so that anyone can replay who was
/// entitled to what at any block.
/// @dev Agencies are named by their unified social credit code (GB 32100, 18 ASCII characters), regions
/// by GB/T 2260 (six digits; 0 is the whole country). All times are seconds since 1970, and 0 as an end
/// says 'no end'.
interface IAgencyRegistry {
    /// @notice What an agency may do: an active one issues; a suspended or closed one does not.
    enum AgencyStatus {
        Unknown,
        Active,
        Suspended,
        Closed
    }

    /// @notice An agency as it stands now.
    struct Agency {
        uint24 region;
        AgencyStatus status;
        uint64 since;
    }

    /// @notice An account that anchors batches and sets statuses for one agency.
    struct Operator {
        bytes18 agency;
        uint48 validFrom;
        uint48 validUntil;
    }

    /// @notice The right of one agency to issue one certificate type.
    struct Entitlement {
        uint64 validFrom;
        uint64 validUntil;
        uint32 typeNumber;
        uint8 assurance;
    }

    /// @notice An agency entered the registry as active.
    event AgencyRegistered(
        bytes18 indexed agency,
        uint24 indexed region,
        string name,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency was suspended, resumed or closed.
    event AgencyStatusChanged(
        bytes18 indexed agency,
        AgencyStatus status,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency may issue a certificate type from one time until another.
    event EntitlementGranted(
        bytes18 indexed agency,
        bytes21 indexed certificateType,
        uint64 validFrom,
        uint64 validUntil,
        uint8 assurance,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An agency may no longer issue a certificate type.
    event EntitlementEnded(
        bytes18 indexed agency,
        bytes21 indexed certificateType,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An account may act for an agency from one time until another.
    event OperatorAdded(
        bytes18 indexed agency,
        address indexed account,
        uint64 validFrom,
        uint64 validUntil,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An account may no longer act for its agency.
    event OperatorRemoved(
        bytes18 indexed agency,
        address indexed account,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice What an account anchored at or after `since` is not to be trusted (its key was stolen).
    event OperatorDistrusted(
        bytes18 indexed agency,
        address indexed account,
        uint64 since,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice A P-256 key may sign documents (holder bindings) for an agency.
    event DocumentKeyAdded(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        bytes32 x,
        bytes32 y,
        uint64 validFrom,
        uint64 validUntil,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice Nothing that a document key ever signed is to be trusted any more.
    event DocumentKeyDistrusted(
        bytes18 indexed agency,
        bytes32 indexed keyId,
        string basis,
        address by,
        uint64 sequence
    );

    error AgencyRegistryAgencyExists(bytes18 agency);
    error AgencyRegistryUnknownAgency(bytes18 agency);
    error AgencyRegistryMalformedAgency(bytes18 agency);
    error AgencyRegistryInvalidRegion(uint24 region);
    error AgencyRegistryInvalidStatusChange(bytes18 agency, AgencyStatus from, AgencyStatus to);
    error AgencyRegistryInvalidWindow(uint64 validFrom, uint64 validUntil);
    error AgencyRegistryInvalidAssurance(uint8 assurance);
    error AgencyRegistryUnknownType(bytes21 certificateType);
    error AgencyRegistryNotEntitled(bytes18 agency, bytes21 certificateType);
    error AgencyRegistryInactiveAgency(bytes18 agency, AgencyStatus status);
    error AgencyRegistryOperatorTaken(address account, bytes18 agency);
    error AgencyRegistryNotAnOperator(address account);
    error AgencyRegistryUnknownDocumentKey(bytes18 agency, bytes32 keyId);
    error AgencyRegistryDocumentKeyExists(bytes18 agency, bytes32 keyId);

    function registerAgency(
        bytes18 agency,
        uint24 region,
        string calldata name,
        uint64 effectiveFrom,
        string calldata basis
    ) external;

    function setAgencyStatus(
        bytes18 agency,
        AgencyStatus status,
        uint64 effectiveFrom,
        string calldata basis
    ) external;

    function grantEntitlement(
        bytes18 agency,
        bytes21 certificateType,
        uint64 validFrom,
        uint64 validUntil,
        uint8 assurance,
        string calldata basis
    ) external;

    function endEntitlement(bytes18 agency, bytes21 certificateType, string calldata basis) external;

    function addOperator(
        bytes18 agency,
        address account,
        uint48 validFrom,
        uint48 validUntil,
        string calldata basis
    ) external;

    function removeOperator(address account, string calldata basis) external;

    function distrustOperator(
        bytes18 agency,
        address account,
        uint64 since,
        string calldata basis
    ) external;

    function addDocumentKey(
        bytes18 agency,
        bytes32 x,
        bytes32 y,
        uint64 validFrom,
        uint64 validUntil,
        string calldata basis
    ) external;

    function distrustDocumentKey(bytes18 agency, bytes32 keyId, string calldata basis) external;

    /// @notice The agency an account may anchor a type for right now, and the type's number in the catalogue.
    /// @dev Reverts when the account is no operator within its window, its agency is not active, or it is
    /// not entitled to the type now. Made for BatchAnchor: three storage reads.
    function issuerOf(
        address account,
        bytes21 certificateType
    ) external view returns (bytes18 agency, uint32 typeNumber);

    /// @notice Whether an account may change the status of what an agency issued: its own operator while
    /// it is valid and the agency active, or an authority over the agency's region.
    function mayChangeStatus(address account, bytes18 agency) external view returns (bool);

    function agencyOf(bytes18 agency) external view returns (Agency memory);

    function operatorOf(address account) external view returns (Operator memory);

    function entitlementOf(
        bytes18 agency,
        bytes21 certificateType
    ) external view returns (Entitlement memory);

    /// @notice How many changes this contract has recorded; the last event carries this number.
    function sequence() external view returns (uint64);
}
