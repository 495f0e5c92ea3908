// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What has ended (证照状态)
/// @notice Keeps four bits of status for each certificate and one status for each whole batch.
/// @dev 0 active, 1 suspended, 2 superseded, 3 cancelled, 4 withdrawn, 5 revoked, 6 transferred, 15 other.
/// Only a suspension is lifted; every other status is final. A certificate's own status and its batch's
/// are kept apart, and whoever verifies asks for both. Of an event only the root is indexed: it finds a
/// batch, and a further topic would cost every change 119 gas.
///
/// A registry that has a predecessor takes over the statuses of the batches that are in the predecessor's
/// log and not in its own: it answers what the predecessor answers until such a batch, or 64 of its
/// certificates, is first changed here, and copies what it was then. A root that its agency anchors anew in
/// this registry's log is a new batch here, of which nothing is taken over.
///
/// A registry whose deployment was frozen cannot be stopped: to ask whether it is would cost every change
/// 2,100 gas, for ever. Those who were operators when the deployment was frozen can go on writing to it.
/// Readers take no notice of what it says after the event LedgerFrozen, and an audit reports it.
interface IStatusRegistry {
    /// @notice A certificate's status changed; in law from `effectiveFrom` on.
    /// @param agency The agency that issued it.
    /// @param root Its batch's Merkle root.
    /// @param index Its place in the batch, from 0.
    /// @param status The status it has now.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    /// @param by The account that made the change.
    event CertificateStatusChanged(
        bytes18 agency,
        bytes32 indexed root,
        uint32 index,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason,
        address by
    );

    /// @notice The status of several certificates of one batch changed; in law from `effectiveFrom` on.
    /// @param agency The agency that issued them.
    /// @param root Their batch's Merkle root.
    /// @param indices Their places in the batch, from 0, rising.
    /// @param status The status they have now.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    /// @param by The account that made the change.
    event CertificatesStatusChanged(
        bytes18 agency,
        bytes32 indexed root,
        uint32[] indices,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason,
        address by
    );

    /// @notice The status of all certificates of a batch changed at once.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @param status The status it has now.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    /// @param by The account that made the change.
    event BatchStatusChanged(
        bytes18 agency,
        bytes32 indexed root,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason,
        address by
    );

    /// @notice The account is neither an operator of the agency that may act now, nor an authority over it.
    /// @param account The account.
    /// @param agency The agency.
    error StatusRegistryNotAllowed(address account, bytes18 agency);

    /// @notice The agency has anchored this root neither in this registry's log nor in a predecessor's.
    /// @param agency The agency.
    /// @param root The root.
    error StatusRegistryNotAnchored(bytes18 agency, bytes32 root);

    /// @notice The batch has no certificate at this place.
    /// @param root The batch's Merkle root.
    /// @param index The place.
    /// @param size How many certificates it holds.
    error StatusRegistryIndexOutOfRange(bytes32 root, uint32 index, uint40 size);

    /// @notice The list of certificates to change is empty.
    error StatusRegistryNothingToChange();

    /// @notice The places are not in rising order, or one is named twice.
    /// @param index The first that does not lie above the one before it.
    error StatusRegistryIndicesNotRising(uint32 index);

    /// @notice The number stands for no status.
    /// @param status The number.
    error StatusRegistryUnknownStatus(uint8 status);

    /// @notice The one status cannot become the other: it is final, or the same.
    /// @param from The status there is.
    /// @param to The status there was to be.
    error StatusRegistryIllegalTransition(uint8 from, uint8 to);

    /// @notice Sets the status of one certificate: an operator of its agency, or an authority over the
    /// agency's region.
    /// @param agency The agency that issued it.
    /// @param root Its batch's Merkle root.
    /// @param index Its place in the batch, from 0.
    /// @param status The status it is to have.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    function setStatus(
        bytes18 agency,
        bytes32 root,
        uint32 index,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external;

    /// @notice Sets several certificates of one batch to one status, all of them or none: an operator of their
    /// agency, or an authority over the agency's region.
    /// @dev Each 64 neighbours share one storage write.
    /// @param agency The agency that issued them.
    /// @param root Their batch's Merkle root.
    /// @param indices Their places in the batch, from 0, rising.
    /// @param status The status they are to have.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    function setStatuses(
        bytes18 agency,
        bytes32 root,
        uint32[] calldata indices,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external;

    /// @notice Sets the status of a whole batch: an operator of its agency, or an authority over the
    /// agency's region.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @param status The status it is to have.
    /// @param effectiveFrom When this takes effect in law.
    /// @param reason A code of the agency's own.
    function setBatchStatus(
        bytes18 agency,
        bytes32 root,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external;

    /// @notice The status of one certificate, apart from its batch's.
    /// @param agency The agency that issued it.
    /// @param root Its batch's Merkle root.
    /// @param index Its place in the batch, from 0.
    /// @return 0 (active) also for what was never anchored.
    function statusOf(bytes18 agency, bytes32 root, uint32 index) external view returns (uint8);

    /// @notice The status of a whole batch.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @return 0 (active) also for what was never anchored.
    function batchStatusOf(bytes18 agency, bytes32 root) external view returns (uint8);

    /// @notice The statuses of certificates 64 * word to 64 * word + 63.
    /// @param agency The agency that issued them.
    /// @param root Their batch's Merkle root.
    /// @param word Which 64, from 0.
    /// @return Four bits each, lowest first.
    function statusWordOf(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) external view returns (uint256);

    /// @notice How many certificates a batch holds, be it in this registry's log or in a predecessor's.
    /// @param agency The agency that issued it.
    /// @param root Its Merkle root.
    /// @return 0 when it is in none of them.
    function anchoredSizeOf(bytes18 agency, bytes32 root) external view returns (uint40);
}
