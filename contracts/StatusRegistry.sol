// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";

/// @title What has ended (证照状态)
contract StatusRegistry is IStatusRegistry {
    /// @dev The statuses of 64 certificates, four bits each, lowest first. A struct, so that a word's
    /// place is computed once for reading and writing it.
    struct Word {
        uint256 statuses;
    }

    uint8 private constant SUSPENDED = 1;

    /// @dev One bit for each status there is: 0 to 6, and 15.
    uint256 private constant KNOWN = 0x807f;

    uint256 private constant MASK = 15;

    /// @dev The registry that says who may change a status.
    IAgencyRegistry private immutable _agencyRegistry;

    /// @dev The log that says which batches exist, and how large they are.
    IBatchAnchor private immutable _batchAnchor;

    /// @dev Agency and number of the word share the first key: one hash less to find a word.
    mapping(bytes32 agencyAndWord => mapping(bytes32 root => Word)) private _words;
    mapping(bytes18 agency => mapping(bytes32 root => uint8)) private _batchStatuses;

    /// @param registry The registry of agencies.
    /// @param log The log of anchored batches.
    constructor(IAgencyRegistry registry, IBatchAnchor log) {
        _agencyRegistry = registry;
        _batchAnchor = log;
    }

    /// @inheritdoc IStatusRegistry
    function setStatus(
        bytes18 agency,
        bytes32 root,
        uint32 index,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external override {
        uint40 size = _requireMayChange(agency, root);
        if (index >= size) revert StatusRegistryIndexOutOfRange(root, index, size);
        Word storage word = _wordAt(agency, root, _wordOf(index));
        uint256 statuses = word.statuses;
        _requireLawful(_statusIn(statuses, index), status);

        word.statuses = _replaced(statuses, index, status);
        emit CertificateStatusChanged(
            agency,
            root,
            index,
            status,
            effectiveFrom,
            reason,
            msg.sender
        );
    }

    /// @inheritdoc IStatusRegistry
    function setBatchStatus(
        bytes18 agency,
        bytes32 root,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external override {
        _requireMayChange(agency, root);
        _requireLawful(_batchStatuses[agency][root], status);

        _batchStatuses[agency][root] = status;
        emit BatchStatusChanged(agency, root, status, effectiveFrom, reason, msg.sender);
    }

    /// @inheritdoc IStatusRegistry
    function statusOf(
        bytes18 agency,
        bytes32 root,
        uint32 index
    ) external view override returns (uint8) {
        return _statusIn(_wordAt(agency, root, _wordOf(index)).statuses, index);
    }

    /// @inheritdoc IStatusRegistry
    function batchStatusOf(bytes18 agency, bytes32 root) external view override returns (uint8) {
        return _batchStatuses[agency][root];
    }

    /// @inheritdoc IStatusRegistry
    function statusWordOf(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) external view override returns (uint256) {
        return _wordAt(agency, root, word).statuses;
    }

    function _wordAt(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) private view returns (Word storage) {
        return _words[bytes32(agency) | bytes32(uint256(word))][root];
    }

    function _requireMayChange(bytes18 agency, bytes32 root) private view returns (uint40 size) {
        size = _batchAnchor.sizeOf(agency, root);
        if (size == 0) revert StatusRegistryNotAnchored(agency, root);
        if (!_agencyRegistry.mayChangeStatus(msg.sender, agency)) {
            revert StatusRegistryNotAllowed(msg.sender, agency);
        }
    }

    function _requireLawful(uint8 from, uint8 to) private pure {
        if ((KNOWN >> to) & 1 == 0) revert StatusRegistryUnknownStatus(to);
        if (from > SUSPENDED || from == to) revert StatusRegistryIllegalTransition(from, to);
    }

    function _statusIn(uint256 statuses, uint32 index) private pure returns (uint8) {
        return uint8((statuses >> _shiftOf(index)) & MASK);
    }

    function _replaced(
        uint256 statuses,
        uint32 index,
        uint8 status
    ) private pure returns (uint256) {
        uint256 shift = _shiftOf(index);
        return (statuses & ~(MASK << shift)) | (uint256(status) << shift);
    }

    /// @dev 64 certificates to a word.
    function _wordOf(uint32 index) private pure returns (uint32) {
        return index >> 6;
    }

    /// @dev Four bits to a certificate.
    function _shiftOf(uint32 index) private pure returns (uint256) {
        return uint256(index & 63) << 2;
    }
}
