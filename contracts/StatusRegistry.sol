// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";

/// @title What has ended (证照状态)
contract StatusRegistry is IStatusRegistry {
    using BitMaps for BitMaps.BitMap;

    /// @dev The statuses of 64 certificates, four bits each, lowest first. A struct, so that a word's
    /// place is computed once for reading and writing it.
    struct Word {
        uint256 statuses;
    }

    uint8 private constant SUSPENDED = 1;

    /// @dev One bit for each status there is: 0 to 6, and 15.
    uint256 private constant KNOWN = 0x807f;

    uint256 private constant MASK = 15;

    /// @dev Stands for the batch's own status where words are numbered: no batch has so many words.
    uint32 private constant BATCH = 2 ** 26;

    /// @dev The registry that says who may change a status.
    IAgencyRegistry private immutable _agencyRegistry;

    /// @dev The log that says which batches exist, and how large they are.
    IBatchAnchor private immutable _batchAnchor;

    /// @dev The registry whose statuses this one takes over; 0 when there is none.
    IStatusRegistry private immutable _predecessor;

    /// @dev Agency and number of the word share the first key: one hash less to find a word.
    mapping(bytes32 agencyAndWord => mapping(bytes32 root => Word)) private _words;
    mapping(bytes18 agency => mapping(bytes32 root => uint8)) private _batchStatuses;

    /// @dev Which words, and with BATCH whether the batch's status, were copied from the predecessor.
    mapping(bytes18 agency => mapping(bytes32 root => BitMaps.BitMap)) private _takenOver;

    /// @param registry The registry of agencies.
    /// @param log The log of anchored batches.
    /// @param predecessor The status registry of the deployment before this one, or 0.
    constructor(IAgencyRegistry registry, IBatchAnchor log, IStatusRegistry predecessor) {
        _agencyRegistry = registry;
        _batchAnchor = log;
        _predecessor = predecessor;
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
        uint40 size = _batchAnchor.sizeOf(agency, root);
        bool isInherited = size == 0;
        if (isInherited) size = _requireInherited(agency, root);
        _requireMayChange(agency);
        if (index >= size) revert StatusRegistryIndexOutOfRange(root, index, size);

        if (isInherited) _takeOver(agency, root, _wordOf(index));
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
    function setStatuses(
        bytes18 agency,
        bytes32 root,
        uint32[] calldata indices,
        uint8 status,
        uint64 effectiveFrom,
        uint16 reason
    ) external override {
        uint40 size = _batchAnchor.sizeOf(agency, root);
        bool isInherited = size == 0;
        if (isInherited) size = _requireInherited(agency, root);
        _requireMayChange(agency);
        _requireRising(indices, root, size);

        uint256 done = 0;
        while (done < indices.length) {
            uint32 number = _wordOf(indices[done]);
            if (isInherited) _takeOver(agency, root, number);
            Word storage word = _wordAt(agency, root, number);
            (word.statuses, done) = _replacedWithin(word.statuses, indices, done, status);
        }
        emit CertificatesStatusChanged(
            agency,
            root,
            indices,
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
        bool isInherited = _batchAnchor.sizeOf(agency, root) == 0;
        if (isInherited) _requireInherited(agency, root);
        _requireMayChange(agency);

        if (isInherited) _takeOverBatch(agency, root);
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
        return _statusIn(statusWordOf(agency, root, _wordOf(index)), index);
    }

    /// @inheritdoc IStatusRegistry
    function batchStatusOf(bytes18 agency, bytes32 root) external view override returns (uint8) {
        if (_isLeftToPredecessor(agency, root, BATCH)) {
            return _predecessor.batchStatusOf(agency, root);
        }
        return _batchStatuses[agency][root];
    }

    /// @inheritdoc IStatusRegistry
    function anchoredSizeOf(
        bytes18 agency,
        bytes32 root
    ) external view override returns (uint40 size) {
        size = _batchAnchor.sizeOf(agency, root);
        if (size == 0 && address(_predecessor) != address(0)) {
            return _predecessor.anchoredSizeOf(agency, root);
        }
    }

    /// @inheritdoc IStatusRegistry
    function statusWordOf(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) public view override returns (uint256) {
        if (_isLeftToPredecessor(agency, root, word)) {
            return _predecessor.statusWordOf(agency, root, word);
        }
        return _wordAt(agency, root, word).statuses;
    }

    function _takeOver(bytes18 agency, bytes32 root, uint32 word) private {
        BitMaps.BitMap storage taken = _takenOver[agency][root];
        if (taken.get(word)) return;
        taken.set(word);
        _wordAt(agency, root, word).statuses = _predecessor.statusWordOf(agency, root, word);
    }

    function _takeOverBatch(bytes18 agency, bytes32 root) private {
        BitMaps.BitMap storage taken = _takenOver[agency][root];
        if (taken.get(BATCH)) return;
        taken.set(BATCH);
        _batchStatuses[agency][root] = _predecessor.batchStatusOf(agency, root);
    }

    function _isLeftToPredecessor(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) private view returns (bool) {
        return
            address(_predecessor) != address(0) &&
            _batchAnchor.sizeOf(agency, root) == 0 &&
            !_takenOver[agency][root].get(word);
    }

    function _wordAt(
        bytes18 agency,
        bytes32 root,
        uint32 word
    ) private view returns (Word storage) {
        return _words[bytes32(agency) | bytes32(uint256(word))][root];
    }

    /// @dev A batch is inherited when it is in a predecessor's log and not in this registry's.
    function _requireInherited(bytes18 agency, bytes32 root) private view returns (uint40 size) {
        if (address(_predecessor) != address(0)) size = _predecessor.anchoredSizeOf(agency, root);
        if (size == 0) revert StatusRegistryNotAnchored(agency, root);
    }

    function _requireMayChange(bytes18 agency) private view {
        if (_agencyRegistry.isActiveOperator(msg.sender, agency)) return;
        if (!_agencyRegistry.mayChangeStatus(msg.sender, agency)) {
            revert StatusRegistryNotAllowed(msg.sender, agency);
        }
    }

    function _requireRising(uint32[] calldata indices, bytes32 root, uint40 size) private pure {
        if (indices.length == 0) revert StatusRegistryNothingToChange();
        uint256 least = 0;
        for (uint256 i = 0; i < indices.length; i++) {
            uint32 index = indices[i];
            if (index < least) revert StatusRegistryIndicesNotRising(index);
            if (index >= size) revert StatusRegistryIndexOutOfRange(root, index, size);
            least = uint256(index) + 1;
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

    /// @dev Replaces the statuses of all certificates from `indices[first]` on that share its word.
    function _replacedWithin(
        uint256 statuses,
        uint32[] calldata indices,
        uint256 first,
        uint8 status
    ) private pure returns (uint256, uint256 next) {
        uint32 word = _wordOf(indices[first]);
        for (next = first; next < indices.length; next++) {
            uint32 index = indices[next];
            if (_wordOf(index) != word) break;
            _requireLawful(_statusIn(statuses, index), status);
            statuses = _replaced(statuses, index, status);
        }
        return (statuses, next);
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
