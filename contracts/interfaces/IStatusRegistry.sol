// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What has ended (证照状态)
/// @notice Keeps four bits of status for each certificate and one status for each whole batch.
/// @dev 0 active, 1 suspended, 2 superseded, 3 cancelled, 4 withdrawn, 5 revoked, 6 transferred, 15 other.
/// Only a suspension is lifted; every other status is final.
interface IStatusRegistry {
    /// @notice A certificate's status changed; in law from `effectiveFrom` on.
    event CertificateStatusChanged(
        bytes18 indexed agency,
        bytes32 indexed root,
        uint32 indexed index,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason,
        address by
    );

    /// @notice The status of all certificates of a batch changed at once.
    event BatchStatusChanged(
        bytes18 indexed agency,
        bytes32 indexed root,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason,
        address by
    );

    error StatusRegistryNotAllowed(address account, bytes18 agency);
    error StatusRegistryNotAnchored(bytes18 agency, bytes32 root);
    error StatusRegistryIndexOutOfRange(bytes32 root, uint32 index, uint40 size);
    error StatusRegistryUnknownStatus(uint8 status);
    error StatusRegistryIllegalTransition(uint8 from, uint8 to);

    /// @notice Sets the status of one certificate.
    function setStatus(
        bytes18 agency,
        bytes32 root,
        uint32 index,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external;

    /// @notice Sets the status of a whole batch.
    function setBatchStatus(
        bytes18 agency,
        bytes32 root,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external;

    function statusOf(bytes18 agency, bytes32 root, uint32 index) external view returns (uint8);

    function batchStatusOf(bytes18 agency, bytes32 root) external view returns (uint8);

    /// @notice The statuses of certificates 64 * word to 64 * word + 63, four bits each, lowest first.
    function statusWordOf(bytes18 agency, bytes32 root, uint32 word) external view returns (uint256);
}
